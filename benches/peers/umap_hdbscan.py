"""The peers' side of `just bench-themes`: umap-learn and hdbscan as BERTopic uses them, on VECTORS.npy.

Both are warmed up on other numbers first, so that neither compiling nor importing counts. Prints one line of
JSON for each size of the smallest cluster, with the seconds of the clock and of the processor.
"""

import json
import sys
import time

import hdbscan
import numpy as np
import umap


def run(vectors, smallest):
    reduced = umap.UMAP(n_neighbors=15, n_components=5, min_dist=0.0, metric="cosine", low_memory=False)
    start, cpu = time.perf_counter(), time.process_time()
    low = reduced.fit_transform(vectors)
    middle, middle_cpu = time.perf_counter(), time.process_time()
    clusters = hdbscan.HDBSCAN(
        min_cluster_size=smallest, metric="euclidean", cluster_selection_method="eom", prediction_data=True
    ).fit(low)
    end, end_cpu = time.perf_counter(), time.process_time()
    return {
        "what": "umap-learn, hdbscan",
        "rows": len(vectors),
        "min_cluster_size": smallest,
        "seconds": end - start,
        "cpu_seconds": end_cpu - cpu,
        "umap_seconds": middle - start,
        "umap_cpu_seconds": middle_cpu - cpu,
        "clusters": int(clusters.labels_.max() + 1),
        "unplaced": float((clusters.labels_ < 0).mean()),
    }


vectors = np.load(sys.argv[1])
# Large enough for the code that only large collections run.
run(np.random.default_rng(0).standard_normal((5000, vectors.shape[1])).astype(np.float32), 10)
for smallest in (10, 15):
    print(json.dumps(run(vectors, smallest)), flush=True)
