#!/bin/sh
# Builds the committed state twice, in two directories, and compares the SHA-256 of each JAR and WAR.
# Further arguments go to Maven, such as -o.
set -eu
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
for copy in first second; do
  mkdir "$work/$copy"
  git archive HEAD | tar -x -C "$work/$copy"
  (cd "$work/$copy" && mvn -q -B -ntp package -DskipTests -Dwildfly.package.skip=true -Dspotless.check.skip=true \
    -pl server,domain,db,persistence,batch,api "$@")
  (cd "$work/$copy" && find . -path '*/target/*' \( -name '*.jar' -o -name '*.war' -o -name 'refdata-sbom.json' \) -type f \
    -not -path '*/server-content/*' | sort | xargs sha256sum) > "$work/$copy.txt"
done
cat "$work/first.txt"
if cmp -s "$work/first.txt" "$work/second.txt"; then
  echo "The archives of both builds are the same."
else
  echo "The archives differ:" >&2
  diff "$work/first.txt" "$work/second.txt" >&2
  exit 1
fi
