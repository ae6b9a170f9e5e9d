package io.inmesh.control.config;

/**
 * A VirtualService without hosts whose routes stand in a route's place.
 *
 * @param namespace the writing resource's own if none is written
 */
public record Delegate(String name, String namespace) {

    static Delegate read(Fields delegate, String ownNamespace) {
        return new Delegate(
                delegate.required("name"),
                delegate.text("namespace").filter(name -> !name.isEmpty()).orElse(ownNamespace));
    }
}
