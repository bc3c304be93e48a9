# The graph over HTTP, as a user without rights: docker run --rm -p 127.0.0.1:8100:8100 IMAGE
FROM python:3.13-slim AS build
WORKDIR /src
COPY . .
RUN pip install --no-cache-dir "build>=1.2,<2" && python -m build --wheel --outdir /dist

FROM python:3.13-slim
COPY --from=build /dist/*.whl /tmp/
RUN pip install --no-cache-dir "$(ls /tmp/*.whl)[serve]" && rm /tmp/*.whl \
    && useradd --create-home --uid 10001 kg
USER 10001
ENV HOME=/home/kg
# What is compiled once, and the statements, are in the image.
RUN kg explain --finding twitching --json > /dev/null && kg query "ASK {}"
EXPOSE 8100
HEALTHCHECK --start-period=20s CMD ["python", "-c", "import urllib.request as u; u.urlopen('http://127.0.0.1:8100/readyz')"]
# Everybody who reaches the container may ask: publish the port on loopback, or behind a proxy with TLS.
ENTRYPOINT ["kg", "serve", "--host", "0.0.0.0"]
