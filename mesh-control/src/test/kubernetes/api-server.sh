#!/usr/bin/env bash
# A Kubernetes API server without nodes, for `mvn -Pkubernetes verify -Dmesh.kubeconfig=FOLDER/kubeconfig`.
#   api-server.sh build BIN     builds etcd and kube-apiserver from their Go modules into BIN (needs Go; takes minutes)
#   api-server.sh start BIN FOLDER   starts both on free ports of the loopback interface; FOLDER gets their state, logs and kubeconfig
#   api-server.sh restart BIN FOLDER   ends the API server and starts it again on its port; etcd stays
#   api-server.sh stop FOLDER
# With -Dmesh.kube.restart="api-server.sh restart BIN FOLDER" the tests restart it, too.
# The kubeconfig's user is a cluster administrator. RBAC and TokenReview work; there are no controllers, so that nobody makes
# EndpointSlices, default service accounts or removes namespaces.
set -euo pipefail

fail() { echo "$*" >&2; exit 64; }

build() {
    local bin; bin=$(mkdir -p "$1" && cd "$1" && pwd)
    local work; work=$(mktemp -d); cd "$work"
    local version; version=$(go list -m -versions k8s.io/kubernetes | tr ' ' '\n' | grep -E '^v1\.36\.[0-9]+$' | tail -1)
    printf 'module kube\ngo 1.26\nrequire k8s.io/kubernetes %s\n' "$version" > go.mod
    local mod; mod=$(go mod download -json "k8s.io/kubernetes@$version" | sed -n 's/.*"GoMod": "\(.*\)",/\1/p')
    # Kubernetes names its own modules by a version that exists in its repository only.
    grep -oE '^\s+k8s.io/[a-z-]+ v0.0.0$' "$mod" | awk '{print $1}' | sort -u \
        | while read -r m; do echo "replace $m => $m v0.${version#v1.}"; done >> go.mod
    mkdir apiserver etcd
    cat > apiserver/main.go <<'GO'
package main

import (
	"os"

	"k8s.io/component-base/cli"
	_ "k8s.io/component-base/logs/json/register"
	"k8s.io/kubernetes/cmd/kube-apiserver/app"
)

func main() { os.Exit(cli.Run(app.NewAPIServerCommand())) }
GO
    cat > etcd/main.go <<'GO'
package main

import (
	"os"

	"go.etcd.io/etcd/server/v3/etcdmain"
)

func main() { etcdmain.Main(os.Args) }
GO
    go mod tidy
    go build -o "$bin/etcd" ./etcd
    go build -o "$bin/kube-apiserver" ./apiserver
    rm -rf "$work"
}

free_port() { python3 -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])'; }

until_true() {
    local what=$1; shift
    for _ in $(seq 240); do "$@" > /dev/null 2>&1 && return; sleep 0.5; done
    echo "$what did not come" >&2; exit 1
}

start_api() {
    local bin=$1 folder=$2
    # shellcheck disable=SC1091
    . "$folder/ports"
    "$bin/kube-apiserver" --etcd-servers="http://127.0.0.1:$ETCD" --bind-address=127.0.0.1 --secure-port="$API" \
        --cert-dir="$folder/certs" --authorization-mode=RBAC --token-auth-file="$folder/tokens.csv" \
        --service-account-key-file="$folder/sa.pub" --service-account-signing-key-file="$folder/sa.key" \
        --service-account-issuer=https://kubernetes.default.svc --api-audiences=https://kubernetes.default.svc,istio-ca \
        --service-cluster-ip-range=10.96.0.0/16 --disable-admission-plugins=ServiceAccount \
        >> "$folder/api.log" 2>&1 &
    echo $! > "$folder/api.pid"
    until_true "the API server" kubectl --kubeconfig "$folder/kubeconfig" get --raw /readyz
}

start() {
    local bin=$1 folder; folder=$(mkdir -p "$2" && cd "$2" && pwd)
    printf 'ETCD=%s\nPEER=%s\nAPI=%s\n' "$(free_port)" "$(free_port)" "$(free_port)" > "$folder/ports"
    # shellcheck disable=SC1091
    . "$folder/ports"
    openssl genrsa -out "$folder/sa.key" 2048 2> /dev/null
    openssl rsa -in "$folder/sa.key" -pubout -out "$folder/sa.pub" 2> /dev/null
    local token; token=$(openssl rand -hex 24)
    (umask 077; echo "$token,admin,admin,system:masters" > "$folder/tokens.csv")
    (umask 077; cat > "$folder/kubeconfig" <<CONFIG
apiVersion: v1
kind: Config
clusters: [{name: test, cluster: {server: "https://127.0.0.1:$API", insecure-skip-tls-verify: true}}]
users: [{name: admin, user: {token: "$token"}}]
contexts: [{name: test, context: {cluster: test, user: admin}}]
current-context: test
CONFIG
)
    "$bin/etcd" --data-dir "$folder/etcd" --listen-client-urls "http://127.0.0.1:$ETCD" \
        --advertise-client-urls "http://127.0.0.1:$ETCD" --listen-peer-urls "http://127.0.0.1:$PEER" \
        --initial-advertise-peer-urls "http://127.0.0.1:$PEER" --initial-cluster "default=http://127.0.0.1:$PEER" \
        --unsafe-no-fsync > "$folder/etcd.log" 2>&1 &
    echo $! > "$folder/etcd.pid"
    start_api "$bin" "$folder"
    echo "$folder/kubeconfig"
}

end() {
    local pid; pid=$(cat "$1" 2> /dev/null) || return 0
    kill "$pid" 2> /dev/null || return 0
    for _ in $(seq 60); do kill -0 "$pid" 2> /dev/null || return 0; sleep 0.5; done
    kill -9 "$pid"
}

case "${1:-}" in
    build) [ $# = 2 ] || fail "build BIN"; build "$2" ;;
    start) [ $# = 3 ] || fail "start BIN FOLDER"; start "$2" "$3" ;;
    restart) [ $# = 3 ] || fail "restart BIN FOLDER"; end "$3/api.pid"; start_api "$2" "$3" ;;
    stop) [ $# = 2 ] || fail "stop FOLDER"; end "$2/api.pid"; end "$2/etcd.pid" ;;
    *) fail "usage: api-server.sh build|start|restart|stop" ;;
esac
