"""Training: corpora, pretraining, fine-tuning, ONNX export. The only package that imports torch (extra
``train``)."""
