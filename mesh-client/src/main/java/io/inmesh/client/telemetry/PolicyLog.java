package io.inmesh.client.telemetry;

import io.inmesh.api.http.MeshRequest;
import io.inmesh.api.spi.CallListener;
import io.inmesh.api.spi.CallReport;
import io.inmesh.api.spi.MeshListener;
import io.inmesh.api.spi.PolicyVerdict;
import java.lang.System.Logger.Level;
import org.jspecify.annotations.Nullable;

/**
 * Logs what policies of the called side said, one line each: an AUDIT policy and a dry run that would have denied at INFO, because
 * somebody wrote a policy to see them; denials at DEBUG, because any caller can cause as many as he likes. Thread-safe.
 */
public final class PolicyLog implements MeshListener {

    private static final int LONGEST_PATH = 256;

    private final System.Logger log;

    /** A log under the name of this class. */
    public PolicyLog() {
        this(System.getLogger(PolicyLog.class.getName()));
    }

    PolicyLog(System.Logger log) {
        this.log = log;
    }

    @Override
    public @Nullable CallListener callStarted(Reporter reporter, MeshRequest request) {
        return reporter == Reporter.DESTINATION ? new Call(request.method(), request.path()) : null;
    }

    private final class Call implements CallListener {

        private final String method;
        private final String path;

        Call(String method, String path) {
            this.method = method;
            this.path = path;
        }

        @Override
        public void policyJudged(PolicyVerdict verdict) {
            Level level = level(verdict);
            if (log.isLoggable(level)) {
                log.log(level, line(verdict));
            }
        }

        private static Level level(PolicyVerdict verdict) {
            return switch (verdict.kind()) {
                case AUDIT -> Level.INFO;
                case DRY_RUN -> verdict.allowed() ? Level.DEBUG : Level.INFO;
                case DENIED -> Level.DEBUG;
            };
        }

        private String line(PolicyVerdict verdict) {
            int query = path.indexOf('?');
            String plain = query < 0 ? path : path.substring(0, query);
            StringBuilder line = new StringBuilder()
                    .append("policy ")
                    .append(verdict.kind())
                    .append(' ')
                    .append(verdict.policy())
                    .append(verdict.allowed() ? " allows " : " denies ")
                    .append(method)
                    .append(' ');
            // A caller's line break must not become one of ours.
            plain.chars().limit(LONGEST_PATH).forEach(c -> line.append(c > ' ' && c < 0x7f ? (char) c : '?'));
            return verdict.reason().isEmpty() ? line.toString() : line + " (" + verdict.reason() + ")";
        }

        @Override
        public void callEnded(CallReport call) {
            // All was said before.
        }
    }
}
