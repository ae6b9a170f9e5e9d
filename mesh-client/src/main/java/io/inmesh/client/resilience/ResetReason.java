package io.inmesh.client.resilience;

import io.inmesh.api.error.ResponseFlag;

/**
 * Why an attempt ended without a response head, in Envoy's words and with its response flags.
 *
 * @see <a href="https://www.envoyproxy.io/docs/envoy/latest/configuration/observability/access_log/usage">Envoy, %RESPONSE_FLAGS%</a>
 */
public enum ResetReason {
    LOCAL_CONNECTION_FAILURE("local connection failure", ResponseFlag.UF),
    REMOTE_CONNECTION_FAILURE("remote connection failure", ResponseFlag.UF),
    CONNECTION_TIMEOUT("connection timeout", ResponseFlag.UF),
    CONNECTION_TERMINATION("connection termination", ResponseFlag.UC),
    LOCAL_RESET("local reset", ResponseFlag.LR),
    OVERFLOW("overflow", ResponseFlag.UO),
    REMOTE_RESET("remote reset", ResponseFlag.UR),
    REMOTE_REFUSED_STREAM_RESET("remote refused stream reset", ResponseFlag.UR),
    PROTOCOL_ERROR("protocol error", ResponseFlag.UPE);

    private final String text;
    private final ResponseFlag flag;

    ResetReason(String text, ResponseFlag flag) {
        this.text = text;
        this.flag = flag;
    }

    /** As in the body of the local reply. */
    public String text() {
        return text;
    }

    public ResponseFlag flag() {
        return flag;
    }

    /** The status of the local reply. */
    public int status() {
        return this == PROTOCOL_ERROR ? 502 : 503;
    }

    /** No connection came about, so nothing can have reached the upstream. */
    public boolean connectFailure() {
        return flag == ResponseFlag.UF;
    }
}
