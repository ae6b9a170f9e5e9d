package io.inmesh.api.policy;

import io.inmesh.api.error.MeshConfigurationException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * What an application asks of its own calls; made once for each client and method, and compared by identity. An operator's resources come
 * before it, field by field. Immutable.
 */
public final class CallPolicy {

    private final String name;
    private final Map<PolicyField, Setting> settings;

    private CallPolicy(String name, Map<PolicyField, Setting> settings) {
        this.name = name;
        this.settings = Collections.unmodifiableMap(settings);
    }

    public static Builder builder(String name) {
        return new Builder(name);
    }

    /** Whose calls, such as {@code shop.Reviews#byId}; names breakers and limiters in metrics. */
    public String name() {
        return name;
    }

    /** Whether it asks for nothing. */
    public boolean isEmpty() {
        return settings.isEmpty();
    }

    /** All that is asked for, in the order of {@link PolicyField}. */
    public Collection<Setting> settings() {
        return settings.values();
    }

    public Optional<Setting> setting(PolicyField field) {
        return Optional.ofNullable(settings.get(field));
    }

    /** Whether a field of that block is set, such as {@code retries}. */
    public boolean has(String block) {
        return settings.keySet().stream().anyMatch(field -> field.block().equals(block));
    }

    public Optional<Duration> duration(PolicyField field) {
        return setting(field).map(setting -> (Duration) setting.value);
    }

    public OptionalLong number(PolicyField field) {
        return setting(field)
                .map(setting -> OptionalLong.of((Long) setting.value))
                .orElse(OptionalLong.empty());
    }

    public Optional<String> text(PolicyField field) {
        return setting(field).map(setting -> (String) setting.value);
    }

    /** Words or header lines; empty if there are none. */
    public List<String> list(PolicyField field) {
        return setting(field)
                .map(setting ->
                        ((List<?>) setting.value).stream().map(String::valueOf).toList())
                .orElse(List.of());
    }

    /** This policy, and where it says nothing the other; what it overrides is remembered. Has this one's name. */
    public CallPolicy over(CallPolicy lower) {
        Map<PolicyField, Setting> merged = new EnumMap<>(PolicyField.class);
        merged.putAll(lower.settings);
        settings.forEach((field, setting) -> merged.merge(field, setting, (below, above) -> above.over(below)));
        return new CallPolicy(name, merged);
    }

    @Override
    public String toString() {
        return name + settings.values();
    }

    /**
     * One field's value.
     *
     * @param source where it was written, such as {@code @MeshTimeout on shop.Reviews} or {@code mesh.clients.reviews.timeout}
     * @param overridden what it took the place of, the next in rank first
     */
    public record Setting(PolicyField field, Object value, String source, List<Setting> overridden) {

        public Setting {
            overridden = List.copyOf(overridden);
        }

        private Setting over(Setting lower) {
            List<Setting> losers = new ArrayList<>(overridden);
            losers.add(new Setting(lower.field, lower.value, lower.source, List.of()));
            losers.addAll(lower.overridden);
            return new Setting(field, value, source, losers);
        }

        @Override
        public String toString() {
            return field.path() + "=" + value + " (" + source + ")";
        }
    }

    /** Reads values as people write them. Not thread-safe. */
    public static final class Builder {

        private final String name;
        private final Map<PolicyField, Setting> settings = new EnumMap<>(PolicyField.class);

        private Builder(String name) {
            this.name = name;
        }

        /**
         * Sets a field.
         *
         * @throws MeshConfigurationException if the value is none; the message begins with the source
         */
        public Builder set(PolicyField field, String value, String source) {
            try {
                settings.put(field, new Setting(field, field.kind().parse(value), source, List.of()));
            } catch (IllegalArgumentException e) {
                throw new MeshConfigurationException(source + ": " + field.path() + ": " + e.getMessage(), e);
            }
            return this;
        }

        public CallPolicy build() {
            return new CallPolicy(name, new EnumMap<>(settings));
        }
    }
}
