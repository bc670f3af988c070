# Two stages: build the environment, then copy it into a slim image that runs as an ordinary user.
FROM python:3.11-slim AS build
WORKDIR /src
RUN python -m venv /opt/kawalis && /opt/kawalis/bin/pip install --no-cache-dir --upgrade pip
COPY requirements.lock .
RUN /opt/kawalis/bin/pip install --no-cache-dir --require-hashes -r requirements.lock
COPY . .
RUN /opt/kawalis/bin/pip install --no-cache-dir --no-deps .

FROM python:3.11-slim
RUN useradd --create-home --uid 10001 kawalis && mkdir /data && chown kawalis:kawalis /data
COPY --from=build /opt/kawalis /opt/kawalis
ENV PATH=/opt/kawalis/bin:$PATH \
    PYTHONUNBUFFERED=1 \
    KAWALIS_DATA_DIR=/data \
    KAWALIS_HTTP_ADDRESS=0.0.0.0:8080
USER kawalis
WORKDIR /home/kawalis
VOLUME /data
EXPOSE 8080
HEALTHCHECK --interval=30s --timeout=5s --start-period=20s \
  CMD ["python", "-c", "import urllib.request; urllib.request.urlopen('http://127.0.0.1:8080/healthz', timeout=4)"]
ENTRYPOINT ["kawalis"]
CMD ["run"]
