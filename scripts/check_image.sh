#!/usr/bin/env bash
# The Dockerfile's steps, run by hand where there is no container engine: the wheel and its locked dependencies go into
# a fresh environment, which then runs as an ordinary user, away from the source tree.
set -euo pipefail
source_tree=$(git rev-parse --show-toplevel)
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
chmod 755 "$folder"
git -C "$source_tree" archive HEAD | tar -x -C "$folder" --exclude-from="$source_tree/.dockerignore" --one-top-level=src
mkdir -p "$folder/home" "$folder/data"

usable_python() { # the first Python >= 3.11 that an ordinary user may run, too
  local candidate home
  for candidate in "${PYTHON:-}" $(type -ap python3.13 python3.12 python3.11 python3); do
    home=$("$candidate" -c 'import ensurepip, os, sys; assert sys.version_info >= (3, 11); print(os.path.realpath(sys.executable))' 2>/dev/null) || continue
    [ "$(id -u)" != 0 ] || setpriv --reuid=10001 --regid=10001 --clear-groups env "$home" -c "" 2>/dev/null || continue
    echo "$home"
    return
  done
  echo "no Python of 3.11 or newer that an ordinary user may run" >&2
  exit 1
}

echo "building the environment …"
python=$(usable_python)
"$python" -m venv "$folder/opt"
"$folder/opt/bin/python" -m pip install --quiet --disable-pip-version-check --upgrade pip
"$folder/opt/bin/python" -m pip install --quiet --require-hashes -r "$folder/src/requirements.lock"
"$folder/opt/bin/python" -m pip install --quiet --no-deps "$folder/src"
rm -rf "$folder/src"

echo "running as an ordinary user …"
as_user=()
if [ "$(id -u)" = 0 ]; then
  chown 10001:10001 "$folder/home" "$folder/data"
  as_user=(setpriv --reuid=10001 --regid=10001 --clear-groups)
fi
cd "$folder/home"
"${as_user[@]}" env -i PATH="$folder/opt/bin:/usr/bin:/bin" HOME="$folder/home" KAWALIS_DATA_DIR="$folder/data" \
  kawalis brief --sample --format json >"$folder/brief.json"
stories=$("$folder/opt/bin/python" -c 'import json, sys; print(len(json.load(open(sys.argv[1]))["stories"]))' "$folder/brief.json")
[ "$stories" -ge 3 ] || { echo "the installed package tells $stories stories of the sample; three are the least" >&2; exit 1; }
echo "the image's steps work: $stories stories, as user $("${as_user[@]}" id -u)"
