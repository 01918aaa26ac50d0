# The service with its own Chromium, as a user without rights. docs/docker.md says how to run it.
FROM debian:12-slim

RUN apt-get update -qq \
    && DEBIAN_FRONTEND=noninteractive apt-get install -qq --yes --no-install-recommends \
        ca-certificates chromium fonts-liberation libatomic1 libpango-1.0-0 libpangoft2-1.0-0 python3 python3-venv tzdata \
    && rm -rf /var/lib/apt/lists/*

RUN useradd --uid 10001 --create-home --shell /usr/sbin/nologin campus \
    && install --directory --owner=campus --group=campus --mode=750 /data

WORKDIR /app
COPY requirements.lock ./
RUN python3 -m venv .venv \
    && .venv/bin/python -m pip install --quiet --no-cache-dir --disable-pip-version-check \
        --require-hashes --requirement requirements.lock

COPY pyproject.toml README.md ./
COPY core core
COPY accessibility accessibility
COPY campus campus
COPY api api
COPY jobs jobs
COPY tests/__init__.py tests/
COPY tests/demo_site tests/demo_site
RUN .venv/bin/python -m pip install --quiet --no-cache-dir --disable-pip-version-check \
        --no-deps --no-build-isolation --editable . \
    && .venv/bin/python -m compileall -q core accessibility campus api jobs tests

ENV PATH=/app/.venv/bin:$PATH \
    CAMPUS_HOST=0.0.0.0 \
    CAMPUS_DATA_DIR=/data
USER campus
VOLUME /data
EXPOSE 8000
HEALTHCHECK --interval=30s --timeout=5s --start-period=60s \
    CMD ["python", "-c", "import os, urllib.request as r; r.urlopen('http://127.0.0.1:' + os.environ.get('CAMPUS_PORT', '8000') + '/health', timeout=4)"]
CMD ["campus", "serve"]
