# The course in a container, from its lock files. It holds the solutions, so it is for instructors.
#
#   docker build -t mlp-course .
#   docker run --rm -p 127.0.0.1:8888:8888 mlp-course
#   docker run --rm -v "$PWD/classroom:/home/teacher/course/classroom" mlp-course mlpgrade grade 04_linear_layer
#
# The first run prints an address with a token, to be opened in a browser. The second needs a classroom that user 1000 may write.
#
# Notebooks are graded under bubblewrap, which must make namespaces and mount a /proc of its own. Docker forbids both unless asked:
#
#   --security-opt seccomp=unconfined --security-opt apparmor=unconfined --security-opt systempaths=unconfined
#
# Some hosts forbid them all the same. `mlpgrade doctor` says whether there is a sandbox; `--require-sandbox` refuses to grade without.

FROM python:3.11-slim AS system
# hadolint ignore=DL3008
RUN apt-get update \
    && apt-get install -y --no-install-recommends bubblewrap git make \
    && rm -rf /var/lib/apt/lists/* \
    && useradd --create-home --uid 1000 --shell /bin/bash teacher
USER 1000

FROM system AS course
RUN mkdir /home/teacher/course
WORKDIR /home/teacher/course
COPY --chown=1000:1000 . .
RUN make setup \
    && rm -rf ~/.cache/uv ~/.cache/pip ~/.npm
ENV PATH="/home/teacher/course/.venv/bin:$PATH"
EXPOSE 8888
CMD ["jupyter", "lab", "--ip=0.0.0.0", "--port=8888", "--no-browser"]
