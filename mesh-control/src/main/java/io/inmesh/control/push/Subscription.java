package io.inmesh.control.push;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * What one stream asked for of one type, and what it has not been sent yet. It does not remember what it was sent: that is everything
 * that it asked for and that is not due. Under the hub's lock.
 *
 * @see <a href="https://www.envoyproxy.io/docs/envoy/latest/api-docs/xds_protocol">xDS protocol</a>
 */
final class Subscription {

    private final XdsType type;
    private final boolean delta;
    private final Runnable onDue;
    private final Set<String> due = new LinkedHashSet<>();
    private Set<String> names = Set.of();
    private boolean wildcard;
    private boolean namesGiven;
    private boolean everythingDue;
    private boolean answered;
    private boolean outstanding;
    private String nonce = "";
    private String sentVersion = "";
    private String acknowledged = "";
    private String rejection = "";

    /** @param onDue is told whenever something is due */
    Subscription(XdsType type, boolean delta, Runnable onDue) {
        this.type = type;
        this.delta = delta;
        this.onDue = onDue;
    }

    Set<String> names() {
        return names;
    }

    boolean wildcard() {
        return wildcard;
    }

    boolean outstanding() {
        return outstanding;
    }

    boolean answered() {
        return answered;
    }

    /** Whether a request answers something other than what was sent last, which makes it worthless. */
    boolean stale(String responseNonce) {
        return answered && !responseNonce.equals(nonce) && !responseNonce.isEmpty();
    }

    /** The client has answered what was sent last. */
    void answer(String responseNonce, String version, String error) {
        if (answered && responseNonce.equals(nonce)) {
            outstanding = false;
            rejection = error;
            acknowledged = error.isEmpty() ? version : acknowledged;
        }
    }

    /** The same in delta, where a nonce that was not the last answers nothing and the rest of the request counts all the same. */
    void answerDelta(String responseNonce, String error) {
        if (answered && responseNonce.equals(nonce)) {
            outstanding = false;
            rejection = error;
            acknowledged = error.isEmpty() ? sentVersion : acknowledged;
        }
    }

    /** A state-of-the-world request names everything that is wanted. */
    void want(View view, Collection<String> requested) {
        Set<String> now = new LinkedHashSet<>(requested);
        namesGiven |= !now.isEmpty();
        boolean every = type.wildcard() && (!namesGiven || now.remove("*"));
        if (answered && now.equals(names) && every == wildcard) {
            return;
        }
        Set<String> before = names;
        view.watchers(type).leave(this);
        names = now;
        wildcard = every;
        names = view.watchers(type).join(this);
        due.retainAll(now);
        if (!answered) {
            everythingDue = true;
        } else {
            now.stream().filter(name -> !before.contains(name)).forEach(due::add);
        }
        onDue.run();
    }

    /** A delta request adds names and takes some away; {@code known} are the versions that a client brings along. */
    void want(View view, Collection<String> added, Collection<String> dropped, Map<String, String> known) {
        view.watchers(type).leave(this);
        Set<String> now = new LinkedHashSet<>(names);
        now.addAll(added);
        dropped.forEach(now::remove);
        due.removeAll(dropped);
        boolean first = !answered && names.isEmpty() && !wildcard;
        wildcard = (wildcard && !dropped.contains("*"))
                || now.remove("*")
                || (first && added.isEmpty() && type.wildcard());
        names = now;
        names = view.watchers(type).join(this);
        added.stream().filter(name -> !name.equals("*")).forEach(due::add);
        if (first) {
            everythingDue = known.isEmpty();
            known.forEach((name, version) -> compare(view, name, version));
            if (wildcard && !everythingDue) {
                view.all(type).stream()
                        .map(EncodedResource::name)
                        .filter(name -> !known.containsKey(name))
                        .forEach(due::add);
            }
        }
        onDue.run();
    }

    private void compare(View view, String name, String version) {
        EncodedResource now = wildcard || names.contains(name) ? view.find(type, name) : null;
        if (now != null && now.version().equals(version)) {
            due.remove(name);
        } else {
            due.add(name);
        }
    }

    /** The stream looks at another view, in which some things are different. */
    void move(View from, View to) {
        from.watchers(type).leave(this);
        names = to.watchers(type).join(this);
        Set<String> candidates = new LinkedHashSet<>(names);
        if (wildcard) {
            from.all(type).forEach(resource -> candidates.add(resource.name()));
            to.all(type).forEach(resource -> candidates.add(resource.name()));
        }
        for (String name : candidates) {
            EncodedResource now = to.find(type, name);
            EncodedResource before = from.find(type, name);
            if (!Objects.equals(now, before)) {
                touch(name);
            }
        }
    }

    void leave(View view) {
        view.watchers(type).leave(this);
    }

    /** A resource that was asked for changed, or clients may have dropped it. */
    void touch(String name) {
        if (!everythingDue && due.add(name)) {
            onDue.run();
        }
    }

    boolean due() {
        return everythingDue || !due.isEmpty();
    }

    /** What is due now, if that is worth an answer; in delta, names for which there is nothing are told as removed. */
    Optional<Answer.Body> take(View view) {
        boolean whole = wildcard && (everythingDue || !delta);
        boolean allNames = everythingDue || (type.wildcard() && !delta);
        List<String> asked = List.copyOf(allNames ? names : whole && !delta ? Set.of() : due);
        due.clear();
        everythingDue = false;
        List<EncodedResource> found = new ArrayList<>(whole ? view.all(type) : List.of());
        List<String> missing = new ArrayList<>();
        for (String name : asked) {
            EncodedResource resource = view.find(type, name);
            if (resource == null) {
                missing.add(name);
            } else if (!whole) {
                found.add(resource);
            }
        }
        // What was looked for just now was not there before, and has told so.
        asked.forEach(due::remove);
        boolean nothing = found.isEmpty() && (!delta || missing.isEmpty()) && !type.wildcard();
        if (answered && nothing) {
            return Optional.empty();
        }
        return Optional.of(view.body(type, delta, view.version(type), found, delta ? missing : List.of()));
    }

    void sent(String version, String newNonce) {
        answered = true;
        outstanding = true;
        sentVersion = version;
        nonce = newNonce;
    }

    /** The names that are due, for those who must be told with them. */
    Set<String> dueNames() {
        return Set.copyOf(due);
    }

    boolean everythingDue() {
        return everythingDue;
    }

    void makeEverythingDue() {
        everythingDue = true;
        onDue.run();
    }

    SubscriptionStatus status() {
        List<String> shown = new ArrayList<>(wildcard ? List.of("*") : List.of());
        shown.addAll(names);
        return new SubscriptionStatus(type, shown, sentVersion, acknowledged, outstanding, rejection);
    }
}
