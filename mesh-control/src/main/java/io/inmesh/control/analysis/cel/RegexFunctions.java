package io.inmesh.control.analysis.cel;

import com.google.re2j.Matcher;
import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import dev.cel.common.CelFunctionDecl;
import dev.cel.common.CelOverloadDecl;
import dev.cel.common.types.ListType;
import dev.cel.common.types.SimpleType;
import dev.cel.runtime.CelEvaluationException;
import dev.cel.runtime.CelEvaluationExceptionBuilder;
import dev.cel.runtime.CelFunctionBinding;
import java.util.ArrayList;
import java.util.List;

/**
 * Kubernetes' functions of regular expressions: {@code find} and {@code findAll}; the expressions are RE2's.
 *
 * @see <a href="https://kubernetes.io/docs/reference/using-api/cel/#kubernetes-regex-library">regex library</a>
 */
final class RegexFunctions {

    private static final int LONGEST = 1024;

    static final List<CelFunctionDecl> DECLARATIONS = List.of(
            CelFunctionDecl.newFunctionDeclaration(
                    "find",
                    CelOverloadDecl.newMemberOverload(
                            "string_find_string", SimpleType.STRING, SimpleType.STRING, SimpleType.STRING)),
            CelFunctionDecl.newFunctionDeclaration(
                    "findAll",
                    CelOverloadDecl.newMemberOverload(
                            "string_find_all_string",
                            ListType.create(SimpleType.STRING),
                            SimpleType.STRING,
                            SimpleType.STRING)));

    static final List<CelFunctionBinding> BINDINGS = List.of(
            CelFunctionBinding.from("string_find_string", String.class, String.class, RegexFunctions::find),
            CelFunctionBinding.from("string_find_all_string", String.class, String.class, RegexFunctions::findAll));

    private RegexFunctions() {}

    private static Object find(String text, String regex) throws CelEvaluationException {
        Matcher matcher = matcher(text, regex);
        return matcher.find() ? matcher.group() : "";
    }

    private static Object findAll(String text, String regex) throws CelEvaluationException {
        Matcher matcher = matcher(text, regex);
        List<String> found = new ArrayList<>();
        while (matcher.find()) {
            found.add(matcher.group());
        }
        return found;
    }

    private static Matcher matcher(String text, String regex) throws CelEvaluationException {
        try {
            if (regex.length() <= LONGEST) {
                return Pattern.compile(regex).matcher(text);
            }
        } catch (PatternSyntaxException invalid) {
            // the message below says it
        }
        throw CelEvaluationExceptionBuilder.newBuilder("not a regular expression")
                .build();
    }
}
