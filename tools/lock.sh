# Renew the lock files: versions with hashes, for every platform, without the host names of registries.
set -eu
compile="uv pip compile --upgrade --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header --quiet"
$compile pyproject.toml --extra dev --output-file requirements.lock
# The students' repository has the same versions of what it needs.
$compile tools/students/pyproject.toml --extra book --constraint requirements.lock --no-annotate --output-file tools/students/requirements.lock
echo "uv" | $compile - --no-annotate --output-file requirements-uv.lock
npm install --package-lock-only --omit-lockfile-registry-resolved --ignore-scripts --no-audit --no-fund
