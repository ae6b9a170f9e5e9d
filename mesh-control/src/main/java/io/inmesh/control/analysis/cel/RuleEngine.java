package io.inmesh.control.analysis.cel;

import dev.cel.bundle.Cel;
import dev.cel.bundle.CelFactory;
import dev.cel.common.CelOptions;
import dev.cel.common.CelValidationException;
import dev.cel.common.types.SimpleType;
import dev.cel.extensions.CelExtensions;
import dev.cel.parser.CelStandardMacro;
import dev.cel.runtime.CelEvaluationException;
import dev.cel.runtime.CelRuntime;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Compiles and evaluates rules, each of which is compiled once. What a rule may cost is bounded: its length, its depth and how often
 * its loops turn; its regular expressions are RE2's. Safe for use by several threads.
 *
 * @see <a href="https://kubernetes.io/docs/reference/using-api/cel/">CEL in Kubernetes</a>
 */
public final class RuleEngine {

    private static final int LONGEST = 16_384;
    private static final int DEEPEST = 64;
    private static final int MOST_TURNS = 100_000;

    private final Map<String, Compiled> programs = new ConcurrentHashMap<>();
    private final Cel cel;

    /** A rule that can be asked, or why it cannot. */
    private record Compiled(Optional<CelRuntime.Program> program, String problem) {}

    public RuleEngine() {
        CelOptions options = CelOptions.current()
                .comprehensionMaxIterations(MOST_TURNS)
                .maxExpressionCodePointSize(LONGEST)
                .maxParseRecursionDepth(DEEPEST)
                .build();
        cel = CelFactory.legacyCelBuilder()
                .setOptions(options)
                .setStandardMacros(CelStandardMacro.STANDARD_MACROS)
                .addVar("self", SimpleType.DYN)
                .addCompilerLibraries(CelExtensions.strings(), CelExtensions.optional())
                .addRuntimeLibraries(CelExtensions.strings(), CelExtensions.optional())
                .addFunctionDeclarations(UrlFunctions.DECLARATIONS)
                .addFunctionBindings(UrlFunctions.BINDINGS)
                .addFunctionDeclarations(ListFunctions.DECLARATIONS)
                .addFunctionBindings(ListFunctions.BINDINGS)
                .addFunctionDeclarations(RegexFunctions.DECLARATIONS)
                .addFunctionBindings(RegexFunctions.BINDINGS)
                .build();
    }

    /**
     * What is wrong with a value by a rule; empty if nothing is.
     *
     * @param self what {@code self} is: a Long, Double, Boolean, text, list or map
     * @param message what to say when the rule is false
     */
    Optional<String> judge(String rule, Object self, String message) {
        Compiled compiled = programs.computeIfAbsent(rule, this::compile);
        if (compiled.program().isEmpty()) {
            return Optional.of(compiled.problem());
        }
        try {
            Object verdict = compiled.program().get().eval(Map.of("self", self));
            return Boolean.TRUE.equals(verdict) ? Optional.empty() : Optional.of(message);
        } catch (CelEvaluationException e) {
            return Optional.of(reason(e) + " evaluating rule: " + message);
        }
    }

    private static String reason(CelEvaluationException e) {
        return switch (e.getErrorCode()) {
            case BAD_FORMAT, NUMERIC_OVERFLOW -> "type conversion error from 'string'";
            case ATTRIBUTE_NOT_FOUND -> "no such key";
            case ITERATION_BUDGET_EXCEEDED -> "the rule takes too long";
            default -> "error " + e.getErrorCode();
        };
    }

    private Compiled compile(String rule) {
        try {
            return new Compiled(Optional.of(cel.createProgram(cel.compile(rule).getAst())), "");
        } catch (CelValidationException | CelEvaluationException e) {
            String first = String.valueOf(e.getMessage()).lines().findFirst().orElse("");
            return new Compiled(Optional.empty(), "the rule '" + rule + "' cannot be understood: " + first);
        }
    }
}
