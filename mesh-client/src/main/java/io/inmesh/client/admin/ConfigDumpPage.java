package io.inmesh.client.admin;

import io.inmesh.xds.envoy.AdminDumps.ConfigDump;
import io.inmesh.xds.wire.Any;
import io.inmesh.xds.wire.Field;
import io.inmesh.xds.wire.Message;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Envoy's {@code /config_dump}: the configuration in effect as it came, with {@code include_eds}, {@code name_regex} and
 * {@code resource}. Fields and extensions that Inmesh does not declare are left out; keys are redacted.
 *
 * @see <a href="https://www.envoyproxy.io/docs/envoy/latest/operations/admin#get--config_dump">Envoy, /config_dump</a>
 */
record ConfigDumpPage(AdminView view) implements AdminPage {

    private static final int NOT_FOUND = 404;

    @Override
    public AdminAnswer answer(AdminQuery query) throws AdminQuery.NotUnderstoodException {
        if (query.has("mask")) {
            throw new AdminQuery.NotUnderstoodException("mask is not supported: ask for a resource");
        }
        ConfigSections sections = new ConfigSections(view, query.matching("name_regex"));
        String resource = query.first("resource");
        List<Message> configs =
                resource.isEmpty() ? sections.all(query.has("include_eds")) : elements(sections.all(true), resource);
        return AdminAnswer.json(AdminPages.JSON.print(Message.of(ConfigDump.TYPE)
                .with(ConfigDump.CONFIGS, configs.stream().map(Any::pack).toList())));
    }

    /** What the sections' field of that name lists. */
    private static List<Message> elements(List<Message> sections, String resource)
            throws AdminQuery.NotUnderstoodException {
        for (Message section : sections) {
            List<Message> found = elements(section, resource);
            if (found != null) {
                return found;
            }
        }
        throw new AdminQuery.NotUnderstoodException(NOT_FOUND, resource + " not found in config dump");
    }

    private static @Nullable List<Message> elements(Message section, String resource) {
        for (Field<?> field : section.type().fields()) {
            if (field.name().equals(resource) && section.get(field) instanceof List<?> list) {
                return list.stream()
                        .map(element -> (Message) Objects.requireNonNull(element))
                        .toList();
            }
        }
        return null;
    }
}
