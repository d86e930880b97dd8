# cda-tools as a container: not root, a read-only file system, nothing needed but /tmp.
#   docker build -t cda-tools .
#   docker run --rm --read-only --tmpfs /tmp --network none -v "$PWD:/documents:ro" cda-tools validate /documents
#   docker run --rm --read-only --tmpfs /tmp -p 127.0.0.1:8080:8080 cda-tools serve --host 0.0.0.0 --allow-host localhost
FROM python:3.11-slim AS build
WORKDIR /src
COPY pyproject.toml README.md LICENSE ./
COPY cda_tools ./cda_tools
COPY schemas ./schemas
RUN python -m venv /opt/cda-tools \
    && /opt/cda-tools/bin/pip install --no-cache-dir '.[serve]' \
    && /opt/cda-tools/bin/python -m compileall -q /opt/cda-tools/lib

FROM python:3.11-slim
COPY --from=build /opt/cda-tools /opt/cda-tools
# 65534 is nobody's; where files are kept between runs, they are in /tmp.
USER 65534:65534
ENV PATH=/opt/cda-tools/bin:$PATH \
    HOME=/tmp \
    PYTHONDONTWRITEBYTECODE=1 \
    PYTHONUTF8=1
WORKDIR /documents
EXPOSE 8080
# Only a service has a health: of any other command, it says that nothing is served.
HEALTHCHECK --interval=30s --timeout=5s --start-period=20s \
    CMD ["python", "-c", "from urllib.request import urlopen; urlopen('http://127.0.0.1:8080/health', timeout=4)"]
ENTRYPOINT ["cda-tools"]
CMD ["--help"]
