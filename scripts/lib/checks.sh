# The checks one after another; every one runs, and the result is bad when one was.

check_all() {
  checks_failed=0
  check_one "types" "$node_program" node_modules/typescript/bin/tsc --noEmit -p .
  check_one "lint" "$node_program" node_modules/eslint/bin/eslint.js --max-warnings 0 .
  check_one "format" "$node_program" node_modules/prettier/bin/prettier.cjs --check --log-level warn .
  check_one "unused code and packages" "$node_program" node_modules/knip/bin/knip.js --no-progress
  check_one "import rules" "$node_program" test/support/importRules.ts
  return "$checks_failed"
}

check_one() {
  say "Checking $1 …"
  shift
  waited "$@" || checks_failed=1
}
