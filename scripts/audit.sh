#!/bin/sh
# Ask PyPI's list of known faults about every pinned package. No answer is told in one sentence and is no pass.
set -u
answer=build/audit.json
rm -f "$answer"
"$1" -r requirements.lock --disable-pip --require-hashes --progress-spinner off -f json -o "$answer" >build/audit.log 2>&1
status=$?
[ -s "$answer" ] || echo '{"dependencies": []}' >"$answer"
"$(dirname "$1")/python" - "$answer" <<'END' || exit 2
import json, sys
packages = json.load(open(sys.argv[1]))["dependencies"]
answered = [each for each in packages if "vulns" in each]
for each in answered:
    for fault in each["vulns"]:
        mended = ", ".join(fault["fix_versions"]) or "no version yet"
        print(f"{each['name']} {each['version']}: {fault['id']}, mended in {mended}")
if not answered:
    sys.exit("Nothing was audited: PyPI's list of known faults could not be reached, so try again with the internet.")
print(f"{len(answered)} packages asked about.")
if len(answered) < len(packages):
    sys.exit(f"No answer about {', '.join(each['name'] for each in packages if each not in answered)}.")
END
exit "$status"
