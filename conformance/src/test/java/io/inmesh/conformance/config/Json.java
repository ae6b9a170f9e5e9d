package io.inmesh.conformance.config;

import com.google.gson.GsonBuilder;
import com.google.gson.ToNumberPolicy;
import com.google.gson.reflect.TypeToken;
import java.util.Map;

/** JSON text to trees and back. */
public final class Json {

    private Json() {}

    public static Map<String, Object> parse(String text) {
        return new GsonBuilder()
                .setObjectToNumberStrategy(ToNumberPolicy.LONG_OR_DOUBLE)
                .create()
                .fromJson(text, new TypeToken<Map<String, Object>>() {});
    }

    public static String print(Object tree) {
        return new GsonBuilder().disableHtmlEscaping().create().toJson(tree);
    }
}
