#!/bin/sh
# A second opinion on the description of the API: Specmatic makes requests of it, sends them to a platform that `mvn -Prun` has
# started, and compares the responses with it. It needs Node.js, and the JDK. The first argument is the address of the
# platform; further ones go to `specmatic test`, such as --filter="METHOD='GET'".
set -eu
address=${1:-http://127.0.0.1:8080}
[ $# -eq 0 ] || shift
here=$(cd "$(dirname "$0")" && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
curl -sf -H 'Accept: application/json' "$address/openapi" > "$work/openapi.json"
cd "$work"
# The names of the schemes in the description: one is a bearer token, the other the same as the password of Basic.
token=$(cat "$here/target/dev/all.jwt")
key=$(printf 'me:%s' "$token" | base64 -w 0)
export token key
export MAX_TEST_REQUEST_COMBINATIONS="${MAX_TEST_REQUEST_COMBINATIONS:-1}"
# Lenient, since it wants the names in `required` to be in the same schema, which JSON Schema does not.
npx --yes specmatic@2.55.1 test openapi.json --lenient --testBaseURL="$address" --timeout=20 \
  --junitReportDir="$here/target/specmatic" "$@" > "$here/target/specmatic.log" 2>&1 || true
grep '^Tests run' "$here/target/specmatic.log"
