package io.inmesh.control.analysis.cel;

import dev.cel.common.CelFunctionDecl;
import dev.cel.common.CelOverloadDecl;
import dev.cel.common.types.CelType;
import dev.cel.common.types.ListType;
import dev.cel.common.types.SimpleType;
import dev.cel.runtime.CelEvaluationException;
import dev.cel.runtime.CelEvaluationExceptionBuilder;
import dev.cel.runtime.CelFunctionBinding;
import java.util.List;

/**
 * Kubernetes' functions of lists: {@code isSorted}, {@code sum}, {@code min}, {@code max}, {@code indexOf}, {@code lastIndexOf}.
 *
 * @see <a href="https://kubernetes.io/docs/reference/using-api/cel/#kubernetes-list-library">list library</a>
 */
final class ListFunctions {

    private static final CelType LIST = ListType.create(SimpleType.DYN);

    static final List<CelFunctionDecl> DECLARATIONS = List.of(
            member("isSorted", "list_is_sorted", SimpleType.BOOL),
            member("sum", "list_sum", SimpleType.DYN),
            member("min", "list_min", SimpleType.DYN),
            member("max", "list_max", SimpleType.DYN),
            member("indexOf", "list_index_of", SimpleType.INT, SimpleType.DYN),
            member("lastIndexOf", "list_last_index_of", SimpleType.INT, SimpleType.DYN));

    static final List<CelFunctionBinding> BINDINGS = List.of(
            CelFunctionBinding.from("list_is_sorted", List.class, ListFunctions::isSorted),
            CelFunctionBinding.from("list_sum", List.class, ListFunctions::sum),
            CelFunctionBinding.from("list_min", List.class, list -> extreme(list, -1)),
            CelFunctionBinding.from("list_max", List.class, list -> extreme(list, 1)),
            CelFunctionBinding.from(
                    "list_index_of", List.class, Object.class, (list, item) -> (long) list.indexOf(item)),
            CelFunctionBinding.from(
                    "list_last_index_of", List.class, Object.class, (list, item) -> (long) list.lastIndexOf(item)));

    private ListFunctions() {}

    private static CelFunctionDecl member(String name, String id, CelType result, CelType... more) {
        CelType[] types = new CelType[more.length + 1];
        types[0] = LIST;
        System.arraycopy(more, 0, types, 1, more.length);
        return CelFunctionDecl.newFunctionDeclaration(
                name, CelOverloadDecl.newMemberOverload(id, result, List.of(types)));
    }

    private static Object isSorted(List<?> list) throws CelEvaluationException {
        for (int i = 1; i < list.size(); i++) {
            if (compare(list.get(i - 1), list.get(i)) > 0) {
                return false;
            }
        }
        return true;
    }

    private static Object sum(List<?> list) throws CelEvaluationException {
        long whole = 0;
        double fraction = 0;
        boolean fractions = false;
        for (Object item : list) {
            if (item instanceof Long number) {
                whole += number;
            } else if (item instanceof Double number) {
                fraction += number;
                fractions = true;
            } else {
                throw failure("sum of other things than numbers");
            }
        }
        return fractions ? (Object) (fraction + whole) : (Object) whole;
    }

    private static Object extreme(List<?> list, int sign) throws CelEvaluationException {
        if (list.isEmpty()) {
            throw failure("min and max of an empty list");
        }
        Object best = list.get(0);
        for (Object item : list) {
            if (compare(item, best) * sign > 0) {
                best = item;
            }
        }
        return best;
    }

    private static int compare(Object a, Object b) throws CelEvaluationException {
        if (a instanceof String left && b instanceof String right) {
            return left.compareTo(right);
        }
        if (a instanceof Number left && b instanceof Number right) {
            return Double.compare(left.doubleValue(), right.doubleValue());
        }
        throw failure("comparison of things that have no order");
    }

    private static CelEvaluationException failure(String what) {
        return CelEvaluationExceptionBuilder.newBuilder(what).build();
    }
}
