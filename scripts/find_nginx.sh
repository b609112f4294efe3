#!/bin/sh
# Print the path of an nginx: the system's, else apt's (as root). None is a failure, never a skip.
set -eu

system() {
    for name in "${NGINX_PATH:-}" nginx /usr/sbin/nginx; do
        [ -n "$name" ] && path=$(command -v "$name" 2>/dev/null) && "$path" -v >/dev/null 2>&1 && echo "$path" && return 0
    done
    return 1
}

system && exit 0
if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null 2>&1; then
    # The package would start a server of its own on port 80: policy-rc.d says no for as long as we install.
    policy=/usr/sbin/policy-rc.d
    [ -e "$policy" ] || { printf '#!/bin/sh\nexit 101\n' >"$policy" && chmod +x "$policy" && trap 'rm -f "$policy"' EXIT; }
    { DEBIAN_FRONTEND=noninteractive apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq nginx-light; } >&2 || true
    system && exit 0
fi
echo "No nginx was found and none could be installed: run 'sudo apt-get install nginx-light', or set NGINX_PATH to one." >&2
exit 1
