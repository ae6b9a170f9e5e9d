package io.inmesh.client.resilience;

import io.inmesh.api.http.MeshRequest;
import io.inmesh.client.match.Fraction;

/** Reads what a request asks for of faults; of several lines the first counts, and what is no number asks for nothing. */
final class FaultHeaders {

    private FaultHeaders() {}

    /** -1 if there is none. */
    static long number(MeshRequest request, String name) {
        if (request.header(name) == null) {
            return -1;
        }
        String text = request.headerValues(name).get(0).trim();
        if (text.isEmpty() || text.length() > 18) {
            return -1;
        }
        long number = 0;
        for (int i = 0; i < text.length(); i++) {
            int digit = text.charAt(i) - '0';
            if (digit < 0 || digit > 9) {
                return -1;
            }
            number = 10 * number + digit;
        }
        return number;
    }

    /** What the request asks for, which may only be less. */
    static Fraction share(MeshRequest request, String name, Fraction most) {
        long numerator = number(request, name);
        return numerator < 0 || numerator >= most.numerator() ? most : new Fraction(numerator, most.denominator());
    }
}
