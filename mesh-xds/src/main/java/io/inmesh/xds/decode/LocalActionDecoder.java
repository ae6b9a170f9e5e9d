package io.inmesh.xds.decode;

import io.inmesh.xds.envoy.CoreBase.DataSource;
import io.inmesh.xds.envoy.RouteActions.DirectResponseAction;
import io.inmesh.xds.envoy.RouteActions.RedirectAction;
import io.inmesh.xds.model.route.DirectResponse;
import io.inmesh.xds.model.route.PathRewrite;
import io.inmesh.xds.model.route.Redirect;
import io.inmesh.xds.wire.Bytes;
import org.jspecify.annotations.Nullable;

/** {@code RedirectAction}, {@code DirectResponseAction}. */
final class LocalActionDecoder {

    private LocalActionDecoder() {}

    static Redirect redirect(Fields fields) {
        if (fields.unrecognised(RedirectAction.RESPONSE_CODE)) {
            throw new IllegalArgumentException("A redirect with a status of no known number");
        }
        String host = fields.get(RedirectAction.HOST_REDIRECT);
        long port = fields.get(RedirectAction.PORT_REDIRECT);
        return new Redirect(
                scheme(fields),
                host.isEmpty() ? null : host,
                port == 0 ? null : Integer.valueOf((int) Math.min(port, 65_535)),
                path(fields),
                switch (fields.get(RedirectAction.RESPONSE_CODE)) {
                    case MOVED_PERMANENTLY -> 301;
                    case FOUND -> 302;
                    case SEE_OTHER -> 303;
                    case TEMPORARY_REDIRECT -> 307;
                    case PERMANENT_REDIRECT -> 308;
                },
                fields.get(RedirectAction.STRIP_QUERY));
    }

    private static @Nullable String scheme(Fields fields) {
        if (fields.get(RedirectAction.HTTPS_REDIRECT)) {
            return "https";
        }
        String scheme = fields.get(RedirectAction.SCHEME_REDIRECT);
        return scheme.isEmpty() ? null : scheme;
    }

    private static @Nullable PathRewrite path(Fields fields) {
        if (fields.has(RedirectAction.PATH_REDIRECT)) {
            return new PathRewrite.Full(fields.get(RedirectAction.PATH_REDIRECT));
        } else if (fields.has(RedirectAction.PREFIX_REWRITE)) {
            return new PathRewrite.Prefix(fields.get(RedirectAction.PREFIX_REWRITE));
        } else if (fields.has(RedirectAction.REGEX_REWRITE)) {
            return new PathRewrite.Regex(fields.nested(RedirectAction.REGEX_REWRITE, MatcherDecoder::regexRewrite));
        }
        return null;
    }

    static DirectResponse directResponse(Fields fields) {
        return new DirectResponse(
                (int) Math.min(fields.get(DirectResponseAction.STATUS), Integer.MAX_VALUE),
                fields.nested(DirectResponseAction.BODY, LocalActionDecoder::text));
    }

    /** A body in a file or a variable is reported and left out; bytes that are no text are reported and replaced. */
    private static String text(Fields source) {
        if (!source.has(DataSource.INLINE_BYTES)) {
            return source.get(DataSource.INLINE_STRING);
        }
        Bytes bytes = source.get(DataSource.INLINE_BYTES);
        String text = bytes.utf8();
        if (!Bytes.utf8(text).equals(bytes)) {
            source.unsupported("inline_bytes");
        }
        return text;
    }
}
