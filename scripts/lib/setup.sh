# Brings what the program needs into .runtime/ and node_modules/; costs next to nothing when it is all there.
# Every fetched program is compared with the sums below before it is used.

node_version=24.21.0
node_sum_x64=de750bb336795f47dc898a46d2de93add029273027f3e16520d3fa3a2317ed5f07aefa404cf37ddfa5352e545e389ae22d16b87bcc84a900580a72f23cd02ced
node_sum_arm64=1692513c4cf63afbd32df8c83a5346158f492cf30a825e66f9de2819804b836e242759a6bcdd5997f1cf2601781c3689e752127afd65d5c459fc333e91e5d6e6
setup_log=.runtime/setup.log
node_program=.runtime/node/bin/node
database_program=.runtime/database/secantusdb.scripts/secantusd-rs

set_up() {
  check_folder
  bring_node
  keep_npm_settings
  PATH="$PWD/.runtime/node/bin:$PATH"
  NODE_COMPILE_CACHE="$PWD/.runtime/compiled" # the second start reads less
  export PATH NODE_COMPILE_CACHE
  bring_packages
  bring_database
  build_pages
}

check_folder() {
  mkdir -p .runtime 2>/dev/null && (: >.runtime/.write-test) 2>/dev/null ||
    fail "The folder $PWD cannot be written by this user: put the project where it can, or change the folder's owner."
  rm -f .runtime/.write-test
}

bring_node() {
  [ "$(cat .runtime/node/version 2>/dev/null)" = "$node_version" ] && return
  [ "$(uname -s)" = Linux ] || fail "This is made for Linux (Debian); here it is $(uname -s)."
  case $(uname -m) in
    x86_64) machine=x64 sum=$node_sum_x64 ;;
    aarch64) machine=arm64 sum=$node_sum_arm64 ;;
    *) fail "There is no ready-built Node for this processor ($(uname -m)): x86_64 and aarch64 are known." ;;
  esac
  command -v npm >/dev/null || fail "npm was not found: install Node 18 or later with npm (apt-get install nodejs npm)."
  say "Fetching Node $node_version …"
  rm -rf .runtime/fetch
  mkdir -p .runtime/fetch
  quietly npm pack "node-linux-$machine@$node_version" --pack-destination .runtime/fetch ||
    fail "Node $node_version could not be fetched: the package registry cannot be reached (details: $setup_log)."
  archive=".runtime/fetch/node-linux-$machine-$node_version.tgz"
  [ "$(sha512sum "$archive" | cut -d ' ' -f 1)" = "$sum" ] ||
    fail "The fetched Node is not the one that is expected (wrong checksum); it was not used."
  tar -xzf "$archive" -C .runtime/fetch package/bin/node package/LICENSE ||
    fail "The fetched Node could not be unpacked: is the disk full?"
  printf '%s' "$node_version" >.runtime/fetch/package/version
  rm -rf .runtime/node
  mv .runtime/fetch/package .runtime/node
  rm -rf .runtime/fetch
}

# npm looks for the machine's settings (proxy, certificates) beside the node it runs on: with ours in front it would miss them.
keep_npm_settings() {
  [ -n "${npm_config_globalconfig:-}" ] || ! command -v npm >/dev/null && return
  npm_config_globalconfig=$(npm config get globalconfig 2>/dev/null) || return 0
  export npm_config_globalconfig
}

bring_packages() {
  [ -L node_modules ] && return # linked in by somebody who knows what they do
  wanted="$node_version $(sha256sum package-lock.json | cut -d ' ' -f 1)"
  [ "$(cat node_modules/.installed 2>/dev/null)" = "$wanted" ] && return
  command -v npm >/dev/null || fail "npm was not found: install Node 18 or later with npm (apt-get install nodejs npm)."
  say "Installing packages …"
  quietly npm ci --no-audit --no-fund ||
    fail "The packages could not be installed: the package registry cannot be reached, or the disk is full (details: $setup_log)."
  printf '%s' "$wanted" >node_modules/.installed
}

# True when the environment or .env names a database server, or this machine has one: then none is fetched.
has_database() {
  [ -n "${MONGODB_URI:-}" ] || grep -qs '^ *MONGODB_URI *= *[^ ]' .env || command -v mongod >/dev/null
}

bring_database() {
  [ -x "$database_program" ] && [ -f .runtime/database/complete ] && return
  has_database && return
  case $(uname -m) in
    x86_64 | aarch64) platform=manylinux_2_28_$(uname -m) ;;
    *) fail "There is no ready-built database for this processor ($(uname -m)): set MONGODB_URI to a MongoDB server." ;;
  esac
  python3 -m pip --version >/dev/null 2>&1 ||
    fail "python3 with pip was not found: install it (apt-get install python3-pip), or set MONGODB_URI to a MongoDB server."
  say "Fetching the embedded database …"
  rm -rf .runtime/fetch
  mkdir -p .runtime/fetch/database
  quietly python3 -m pip download --no-deps --only-binary=:all: --python-version 3.11 --platform "$platform" \
    --require-hashes -r scripts/lib/database.txt -d .runtime/fetch ||
    fail "The embedded database could not be fetched: the Python package index cannot be reached (details: $setup_log)."
  python3 -m zipfile -e .runtime/fetch/*.whl .runtime/fetch/database ||
    fail "The embedded database could not be unpacked: is the disk full?"
  rm -rf .runtime/database
  mkdir .runtime/database
  for part in secantusdb.scripts secantusdb.libs secantusdb-0.6.0b17.dist-info; do
    mv ".runtime/fetch/database/$part" .runtime/database/ || fail "The embedded database's archive lacks $part."
  done
  chmod +x "$database_program"
  "$database_program" --version >/dev/null 2>&1 ||
    fail "The embedded database does not run on this machine ($("$database_program" --version 2>&1 | head -n 1)): set MONGODB_URI."
  : >.runtime/database/complete
  rm -rf .runtime/fetch
}

build_pages() {
  [ -f src/build.ts ] || return 0
  say "Building the pages' scripts …"
  quietly "$node_program" src/build.ts && return
  tail -n 20 "$setup_log" >&2
  fail "The pages' scripts could not be built (details: $setup_log)."
}
