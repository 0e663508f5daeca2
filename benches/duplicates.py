"""How fast are near-duplicates by words found, beside peers and as a corpus grows?

    duplicates.py PROGRAM PEER-RUNNER FILE [--rounds N] [--sizes 10000,100000,1000000]

A pair is the same on all sides: two articles (headline and text) whose sets of word 5-gram shingles have a Jaccard
overlap of at least 0.5, counted exactly. FILE is JSON lines with `text` and perhaps `title`. All sides run as whole
processes, in turn, so that a loaded machine is equally loaded for each; CPU seconds are user and system together.
The larger corpora are made from FILE: each text strings up 12 to 18 runs of 4 to 10 words of random articles, and one
in ten is an earlier text with one word in twenty replaced.
"""
import argparse, json, math, os, random, statistics, subprocess, sys, tempfile, time

THRESHOLD, SHINGLE = "0.5", "5"


def measured(call):
    """Wall seconds, CPU seconds, peak MB and standard output of a process."""
    with tempfile.TemporaryFile() as out:
        begin = time.time()
        child = subprocess.Popen(call, stdout=out)
        _, status, usage = os.wait4(child.pid, 0)
        wall = time.time() - begin
        if status:
            sys.exit(f"{' '.join(call)}: status {status}")
        out.seek(0)
        return wall, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024, out.read()


def ours(program, path):
    call = [program, "duplicates", path, "--lexical", "--threshold", THRESHOLD, "--shingle", SHINGLE]
    wall, cpu, peak, out = measured([*call, "--format", "jsonl", "--quiet"])
    return wall, cpu, peak, out.count(b"\n")


def peer(runner, tool, path):
    script = os.path.join(os.path.dirname(os.path.abspath(__file__)), "peers", "duplicates.py")
    wall, cpu, peak, out = measured([runner, "duplicates", script, tool, path, THRESHOLD, SHINGLE])
    return wall, cpu, peak, json.loads(out)["pairs"]


def grown(path, size, folder):
    """A corpus of `size` texts made from the articles of `path`, always the same."""
    dice = random.Random(1)
    with open(path, encoding="utf8") as lines:
        articles = [words for words in (json.loads(line)["text"].split() for line in lines) if len(words) >= 20]
    vocabulary = sorted({word for words in articles[:2000] for word in words})
    target, kept = os.path.join(folder, f"{size}.jsonl"), []
    with open(target, "w", encoding="utf8") as out:
        for i in range(size):
            if kept and dice.random() < 0.1:
                words = list(dice.choice(kept))
                for _ in range(len(words) // 20):
                    words[dice.randrange(len(words))] = dice.choice(vocabulary)
            else:
                words = []
                for _ in range(dice.randint(12, 18)):
                    source, length = dice.choice(articles), dice.randint(4, 10)
                    start = dice.randrange(len(source) - length + 1)
                    words += source[start:start + length]
                if len(kept) < 20000:
                    kept.append(words)
                else:
                    kept[dice.randrange(20000)] = words
            out.write(json.dumps({"id": f"{i:08}", "text": " ".join(words)}) + "\n")
    return target


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("program")
    parser.add_argument("runner")
    parser.add_argument("file")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--sizes", default="10000,100000,1000000", type=lambda s: [int(n) for n in s.split(",") if n])
    args = parser.parse_args()
    sides = {
        "throughline": lambda: ours(args.program, args.file),
        "rensa": lambda: peer(args.runner, "rensa", args.file),
        "datasketch": lambda: peer(args.runner, "datasketch", args.file),
    }
    runs = {side: [] for side in sides}
    peer(args.runner, "rensa", os.devnull)  # makes the peers' environment
    for _ in range(args.rounds):
        for side, run in sides.items():
            runs[side].append(run())
    print("| side | pairs | wall s | CPU s | CPU beside ours | peak MB |\n|---|---|---|---|---|---|")
    middle = lambda side, part: statistics.median(run[part] for run in runs[side])
    for side in sides:
        ratio = middle(side, 1) / middle("throughline", 1)
        print(f"| {side} | {runs[side][0][3]} | {middle(side, 0):.2f} | {middle(side, 1):.2f} | {ratio:.1f} | {middle(side, 2):.0f} |")
    if not args.sizes:
        return
    print("\n| texts | pairs | wall s | CPU s | CPU µs a text | beside n log n | peak MB |\n|---|---|---|---|---|---|---|", flush=True)
    first = None
    for size in args.sizes:
        with tempfile.TemporaryDirectory() as folder:
            wall, cpu, peak, pairs = ours(args.program, grown(args.file, size, folder))
        unit = cpu / (size * math.log(size))
        first = first or unit
        print(f"| {size} | {pairs} | {wall:.1f} | {cpu:.1f} | {cpu / size * 1e6:.0f} | {unit / first:.2f} | {peak:.0f} |", flush=True)


main()
