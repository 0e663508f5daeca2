"""The peers' side of duplicates.py: duplicates.py TOOL FILE THRESHOLD SHINGLE prints counts and seconds as JSON.

TOOL is rensa or datasketch. Both shingle in Python, as their users do, sketch with as many values in as many bands as the program, and every
candidate pair's Jaccard overlap is counted exactly on the same sets of shingles.
"""
import json, re, sys, time

WORD = re.compile(r"\w+(?:['’]\w+)*")


def shingles(text, size):
    words = WORD.findall(text.lower())
    if not words:
        return set()
    return {" ".join(words[i:i + size]) for i in range(max(1, len(words) - size + 1))}


def bands(threshold):
    """Bands and rows, cut as the program does: the longest bands that miss under one pair in 200 at the threshold."""
    rows = max(r for r in range(1, 33) if r == 1 or (1 - threshold ** r) ** (128 // r) <= 1 / 200)
    return 128 // rows, rows


def rensa_pairs(sets, threshold):
    import rensa
    count, rows = bands(threshold)
    index = rensa.RMinHashLSH(threshold=threshold, num_perm=count * rows, num_bands=count)
    sketches = []
    for i, tokens in enumerate(sets):
        sketch = rensa.RMinHash(num_perm=count * rows, seed=42)
        sketch.update(list(tokens))
        sketches.append(sketch)
        index.insert(i, sketch)
    return ((i, j) for i, sketch in enumerate(sketches) for j in index.query(sketch) if i < j)


def datasketch_pairs(sets, threshold):
    import datasketch
    count, rows = bands(threshold)
    index = datasketch.MinHashLSH(num_perm=count * rows, params=(count, rows))
    sketches = []
    for i, tokens in enumerate(sets):
        sketch = datasketch.MinHash(num_perm=count * rows, seed=42)
        sketch.update_batch([token.encode() for token in tokens])
        sketches.append(sketch)
        index.insert(i, sketch)
    return ((i, j) for i, sketch in enumerate(sketches) for j in index.query(sketch) if i < j)


def main():
    tool, path, threshold, size = sys.argv[1], sys.argv[2], float(sys.argv[3]), int(sys.argv[4])
    times, begin = {}, time.process_time()

    def lap(name):
        nonlocal begin
        now = time.process_time()
        times[name], begin = round(now - begin, 3), now

    with open(path, encoding="utf8") as lines:
        rows = [json.loads(line) for line in lines if line.strip()]
    texts = [(row["title"] + "\n" if row.get("title") else "") + row["text"] for row in rows if row["text"].strip()]
    lap("read")
    sets = [shingles(text, size) for text in texts]
    lap("shingle")
    found = []
    for i, j in {"rensa": rensa_pairs, "datasketch": datasketch_pairs}[tool](sets, threshold):
        shared = len(sets[i] & sets[j])
        if shared and shared >= threshold * (len(sets[i]) + len(sets[j]) - shared):
            found.append((i, j))
    lap("sketch, band and verify")
    print(json.dumps({"pairs": len(set(found)), "cpu": times}))


main()
