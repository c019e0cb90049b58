# What only the tests need from this machine: a browser, Redis, Chinese fonts, a reader of PDF, and a clock that can be set.

has_browser() {
  for browser in chromium-headless-shell chromium chromium-browser google-chrome; do
    command -v "$browser" >/dev/null && return
  done
  return 1
}

has_chinese_font() {
  ls /usr/share/fonts/opentype/noto/NotoSansCJK* /usr/share/fonts/*/noto-cjk/* >/dev/null 2>&1 ||
    { command -v fc-list >/dev/null && fc-list :lang=zh family 2>/dev/null | grep -q .; }
}

bring_test_needs() {
  missing=
  has_browser || missing="$missing chromium-headless-shell"
  command -v redis-server >/dev/null || missing="$missing redis-server"
  has_chinese_font || missing="$missing fonts-noto-cjk"
  command -v pdftotext >/dev/null || missing="$missing poppler-utils"
  find_clock_library || missing="$missing libfaketime"
  if [ -n "$missing" ]; then
    may_install || fail "The tests also need:$missing. Install them first, on Debian: apt-get install$missing"
    say "Installing for the tests:$missing …"
    install_packages "$missing" ||
      fail "The tests also need:$missing, which could not be installed (details: $setup_log)."
  elif ! command -v chromium-headless-shell >/dev/null && may_install; then
    # A whole browser does as well, but the tests with pages take twice as long with it
    say "Installing for quicker tests: chromium-headless-shell …"
    install_packages chromium-headless-shell || say "It could not be had; the browser that is there is used."
  fi
}

# Sets as_root to what runs a command as root here; false when nothing does, or when this is no Debian.
may_install() {
  as_root=
  command -v apt-get >/dev/null || return 1
  [ "$(id -u)" = 0 ] && return
  as_root="sudo -n"
  command -v sudo >/dev/null && sudo -n true 2>/dev/null
}

# Installs Debian packages, a list of words; false when they cannot be had.
install_packages() {
  # shellcheck disable=SC2086 # lists of words on purpose
  quietly $as_root apt-get update &&
    quietly $as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends $1
}
