# Digit Lab as an image; docs/hosting.md says how to run it. `python -m benchmarks.image` carries out
# every step below where there is no container engine.
#
#   docker build --tag digit-lab .

FROM python:3.11-slim-bookworm AS build
# For strip, which takes 200 MB of names off TensorFlow's library.
# hadolint ignore=DL3008
RUN apt-get update \
    && apt-get install --yes --no-install-recommends binutils \
    && rm -rf /var/lib/apt/lists/*
WORKDIR /app
COPY requirements.txt requirements-cluster.txt ./
RUN python -m venv /opt/venv \
    && /opt/venv/bin/pip install --no-cache-dir --no-compile -r requirements-cluster.txt
COPY deploy/image/slim_down.sh deploy/image/
RUN sh deploy/image/slim_down.sh /opt/venv
COPY . .
# Nothing can be compiled later: the root is read-only.
RUN python -m compileall -q --invalidation-mode unchecked-hash /app

FROM python:3.11-slim-bookworm
# hadolint ignore=DL3008
RUN apt-get update \
    && apt-get install --yes --no-install-recommends tini \
    && rm -rf /var/lib/apt/lists/* \
    && useradd --uid 1000 --create-home digits \
    && install --directory --owner=1000 --group=1000 /data
COPY --from=build /opt/venv /opt/venv
COPY --from=build /app /app
WORKDIR /app
# Whoever comes is a visitor, and owns what he makes. With its own address given, Streamlit asks no
# server on the internet for it.
ENV PATH=/opt/venv/bin:$PATH \
    PYTHONDONTWRITEBYTECODE=1 \
    PYTHONUNBUFFERED=1 \
    MNIST_MODELS=/data \
    MNIST_HOSTED=on \
    TMPDIR=/data/.tmp \
    STREAMLIT_BROWSER_SERVER_ADDRESS=localhost \
    STREAMLIT_SERVER_ADDRESS=0.0.0.0 \
    STREAMLIT_SERVER_PORT=8501
# The only place that is written.
VOLUME /data
EXPOSE 8501
USER 1000:1000
HEALTHCHECK --interval=10s --timeout=5s --start-period=30s --retries=3 \
    CMD ["python", "-S", "deploy/image/healthy.py"]
ENTRYPOINT ["tini", "--", "sh", "deploy/image/start.sh"]
CMD ["python", "-m", "streamlit", "run", "streamlit_app.py"]
