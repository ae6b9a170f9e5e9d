package io.inmesh.control.state;

import java.util.List;

/** Istio's exportTo: {@code *} all namespaces, {@code .} its own, or names; nothing written means all. */
final class Visibility {

    private Visibility() {}

    /** @param otherwise what the mesh says of what says nothing itself */
    static boolean allows(List<String> exportTo, List<String> otherwise, String owner, String viewer) {
        return allows(exportTo.isEmpty() ? otherwise : exportTo, owner, viewer);
    }

    static boolean allows(List<String> exportTo, String owner, String viewer) {
        if (exportTo.isEmpty()) {
            return true;
        }
        for (String target : exportTo) {
            if (target.equals("*") || target.equals(viewer) || (target.equals(".") && owner.equals(viewer))) {
                return true;
            }
        }
        return false;
    }
}
