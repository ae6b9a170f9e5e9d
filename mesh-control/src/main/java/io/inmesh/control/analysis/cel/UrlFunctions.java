package io.inmesh.control.analysis.cel;

import dev.cel.common.CelFunctionDecl;
import dev.cel.common.CelOverloadDecl;
import dev.cel.common.types.CelType;
import dev.cel.common.types.ListType;
import dev.cel.common.types.MapType;
import dev.cel.common.types.OpaqueType;
import dev.cel.common.types.SimpleType;
import dev.cel.runtime.CelEvaluationException;
import dev.cel.runtime.CelEvaluationExceptionBuilder;
import dev.cel.runtime.CelFunctionBinding;
import dev.cel.runtime.CelFunctionOverload;
import java.util.List;

/**
 * Kubernetes' functions of URLs: {@code isURL}, {@code url} and what is read of one.
 *
 * @see <a href="https://kubernetes.io/docs/reference/using-api/cel/#kubernetes-url-library">URL library</a>
 */
final class UrlFunctions {

    private static final CelType URL = OpaqueType.create("kubernetes.URL");
    private static final CelType QUERY = MapType.create(SimpleType.STRING, ListType.create(SimpleType.STRING));

    static final List<CelFunctionDecl> DECLARATIONS = List.of(
            CelFunctionDecl.newFunctionDeclaration(
                    "isURL", CelOverloadDecl.newGlobalOverload("is_url_string", SimpleType.BOOL, SimpleType.STRING)),
            CelFunctionDecl.newFunctionDeclaration(
                    "url", CelOverloadDecl.newGlobalOverload("string_to_url", URL, SimpleType.STRING)),
            part("getScheme", SimpleType.STRING),
            part("getHost", SimpleType.STRING),
            part("getHostname", SimpleType.STRING),
            part("getPort", SimpleType.STRING),
            part("getEscapedPath", SimpleType.STRING),
            part("getQuery", QUERY));

    static final List<CelFunctionBinding> BINDINGS = List.of(
            CelFunctionBinding.from(
                    "is_url_string", String.class, text -> ParsedUrl.of(text).isPresent()),
            CelFunctionBinding.from("string_to_url", String.class, UrlFunctions::parse),
            read("getScheme", ParsedUrl::scheme),
            read("getHost", ParsedUrl::host),
            read("getHostname", ParsedUrl::hostname),
            read("getPort", ParsedUrl::port),
            read("getEscapedPath", ParsedUrl::escapedPath),
            read("getQuery", ParsedUrl::query));

    private UrlFunctions() {}

    private static CelFunctionDecl part(String name, CelType type) {
        return CelFunctionDecl.newFunctionDeclaration(
                name, CelOverloadDecl.newMemberOverload("url_" + name, type, URL));
    }

    private static CelFunctionBinding read(String name, CelFunctionOverload.Unary<ParsedUrl> part) {
        return CelFunctionBinding.from("url_" + name, ParsedUrl.class, part);
    }

    private static Object parse(String text) throws CelEvaluationException {
        return ParsedUrl.of(text).orElseThrow(() -> CelEvaluationExceptionBuilder.newBuilder("not a URL: %s", text)
                .build());
    }
}
