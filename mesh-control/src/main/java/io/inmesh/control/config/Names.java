package io.inmesh.control.config;

import java.util.regex.Pattern;

/** Kubernetes' names, which become parts of xDS resource names and of SPIFFE IDs. */
final class Names {

    private static final Pattern NAME = Pattern.compile("[a-z0-9]([-a-z0-9.]{0,251}[a-z0-9])?");

    private Names() {}

    static String check(Fields fields, String field, String name) {
        if (!NAME.matcher(name).matches()) {
            throw fields.invalid(field, "'" + name + "' is not a name of lower-case letters, digits, '-' and '.'");
        }
        return name;
    }
}
