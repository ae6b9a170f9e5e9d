package io.inmesh.client.authz.jwt;

import com.nimbusds.jose.util.JSONArrayUtils;
import com.nimbusds.jose.util.JSONObjectUtils;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A claim as the text of a header, as Envoy writes it. */
public final class ClaimText {

    private static final int DIGITS = 6;
    private static final double LARGEST_WHOLE = 1e18;

    private ClaimText() {}

    /**
     * Whole numbers from zero on are plain, others have six digits behind the point; lists and objects are JSON in base64. Empty for
     * null, and for a text that no header can hold.
     */
    public static String of(@Nullable Object value) {
        if (value instanceof Boolean) {
            return value.toString();
        } else if (value instanceof Number number) {
            return number(number.doubleValue());
        } else if (value instanceof List<?> list) {
            return base64(JSONArrayUtils.toJSONString(list));
        } else if (value instanceof Map<?, ?> map) {
            Map<String, Object> object = new HashMap<>();
            map.forEach((name, each) -> object.put(String.valueOf(name), each));
            return base64(JSONObjectUtils.toJSONString(object));
        }
        return value instanceof String text && text.chars().noneMatch(Character::isISOControl) ? text : "";
    }

    private static String number(double real) {
        return real == Math.rint(real) && real >= 0 && real < LARGEST_WHOLE
                ? String.valueOf((long) real)
                : new BigDecimal(real).setScale(DIGITS, RoundingMode.HALF_EVEN).toPlainString();
    }

    private static String base64(String json) {
        return Base64.getEncoder().encodeToString(json.getBytes(StandardCharsets.UTF_8));
    }
}
