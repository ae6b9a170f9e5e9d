package io.inmesh.client.compile;

import io.inmesh.client.route.Rewrite;
import io.inmesh.xds.model.route.Forward;
import io.inmesh.xds.model.route.HostRewrite;
import io.inmesh.xds.model.route.PathMatch;
import io.inmesh.xds.model.route.PathRewrite;
import org.jspecify.annotations.Nullable;

/** Changes of path and authority. */
final class RewriteCompiler {

    private final Regexes regexes;

    RewriteCompiler(Regexes regexes) {
        this.regexes = regexes;
    }

    Rewrite of(Forward forward, PathMatch match) {
        if (forward.pathRewrite() == null && forward.hostRewrite() == null) {
            return Rewrite.NONE;
        }
        return new Rewrite(
                forward.pathRewrite() == null ? null : path(forward.pathRewrite(), match),
                forward.hostRewrite() == null ? null : authority(forward.hostRewrite()),
                forward.appendXForwardedHost());
    }

    Rewrite.Path path(PathRewrite rewrite, PathMatch match) {
        if (rewrite instanceof PathRewrite.Prefix prefix) {
            return new Rewrite.ReplaceMatched(matchedLength(match), prefix.prefix());
        }
        if (rewrite instanceof PathRewrite.Regex regex) {
            return new Rewrite.ReplaceAll(
                    regexes.compile(regex.rewrite().regex()), regex.rewrite().substitution());
        }
        String whole = ((PathRewrite.Full) rewrite).path();
        return whole.indexOf('?') < 0 ? new Rewrite.ReplaceMatched(-1, whole) : new Rewrite.Whole(whole);
    }

    private static int matchedLength(PathMatch match) {
        if (match instanceof PathMatch.Prefix prefix) {
            return prefix.prefix().length();
        }
        return match instanceof PathMatch.PathSeparatedPrefix prefix
                ? prefix.prefix().length()
                : -1;
    }

    private Rewrite.@Nullable Authority authority(HostRewrite rewrite) {
        if (rewrite instanceof HostRewrite.Literal literal) {
            return new Rewrite.Literal(literal.host());
        }
        if (rewrite instanceof HostRewrite.Auto) {
            return new Rewrite.OfEndpoint();
        }
        if (rewrite instanceof HostRewrite.Header header) {
            return new Rewrite.OfHeader(header.name());
        }
        return rewrite instanceof HostRewrite.PathRegex regex
                ? new Rewrite.OfPath(
                        regexes.compile(regex.rewrite().regex()),
                        regex.rewrite().substitution())
                : null;
    }
}
