# What only the tests need from this machine: a browser, Redis, Chinese fonts, and a reader of PDF.

has_browser() {
  command -v chromium >/dev/null || command -v chromium-browser >/dev/null || command -v google-chrome >/dev/null
}

has_chinese_font() {
  ls /usr/share/fonts/opentype/noto/NotoSansCJK* /usr/share/fonts/*/noto-cjk/* >/dev/null 2>&1 ||
    { command -v fc-list >/dev/null && fc-list :lang=zh family 2>/dev/null | grep -q .; }
}

bring_test_needs() {
  missing=
  has_browser || missing="$missing chromium"
  command -v redis-server >/dev/null || missing="$missing redis-server"
  has_chinese_font || missing="$missing fonts-noto-cjk"
  command -v pdftotext >/dev/null || missing="$missing poppler-utils"
  [ -z "$missing" ] && return
  as_root=
  if [ "$(id -u)" != 0 ]; then
    if command -v sudo >/dev/null && sudo -n true 2>/dev/null; then as_root="sudo -n"; else as_root=no; fi
  fi
  if [ "$as_root" = no ] || ! command -v apt-get >/dev/null; then
    fail "The tests also need:$missing. Install them first, on Debian: apt-get install$missing"
  fi
  say "Installing for the tests:$missing …"
  # shellcheck disable=SC2086 # a list of words on purpose
  quietly $as_root apt-get update ||
    fail "The tests also need:$missing, and the system's package lists could not be fetched (details: $setup_log)."
  # shellcheck disable=SC2086
  quietly $as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends $missing ||
    fail "The tests also need:$missing, which could not be installed (details: $setup_log)."
}
