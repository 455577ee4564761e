#!/bin/sh
# Take out of an environment what no running app needs, and compile the rest:
#
#   sh slim_down.sh ENVIRONMENT
#
# benchmarks/image.py tries the result: pages, a photo, a training.
set -eu

packages=$(echo "$1"/lib/python3.*/site-packages)
cd "$packages"

# Headers for people who compile against them; a C++ parser that TensorFlow asks for and never loads.
rm -rf tensorflow/include clang pyarrow/include pyarrow/src
# Other packages' own tests, and what they have for notebooks.
rm -rf pandas/tests pyarrow/tests plotly/labextension pydeck/nbextension ai_edge_litert/tools
# Arrow over networks: clients of Flight, Substrait and Amazon's S3.
rm -f pyarrow/*flight*.so* pyarrow/*substrait*.so* pyarrow/libarrow_s3.so*
# LiteRT on graphics cards and other accelerators.
rm -rf ai_edge_litert/libLiteRtWebGpuAccelerator.so ai_edge_litert/vendors
# Environments are made when the image is, not later.
rm -rf pip pip-*.dist-info setuptools setuptools-*.dist-info "$1"/bin/pip*

# Names for debuggers. Libraries in *.libs have been changed by auditwheel, and strip breaks some.
find . -name "*.so*" -type f -not -path "*.libs/*" -exec strip --strip-unneeded {} +

python -m compileall -q -j 0 --invalidation-mode unchecked-hash "$packages"
