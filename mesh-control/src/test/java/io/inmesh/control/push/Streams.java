package io.inmesh.control.push;

import io.inmesh.control.config.Yaml;
import io.inmesh.control.state.MeshSettings;
import io.inmesh.control.state.Proxy;
import io.inmesh.testkit.FakeClock;
import io.inmesh.xds.envoy.Discovery.DeltaDiscoveryRequest;
import io.inmesh.xds.envoy.Discovery.DeltaDiscoveryResponse;
import io.inmesh.xds.envoy.Discovery.DiscoveryRequest;
import io.inmesh.xds.envoy.Discovery.DiscoveryResponse;
import io.inmesh.xds.envoy.Discovery.Resource;
import io.inmesh.xds.wire.Message;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A hub without threads, and clients that acknowledge what they get. */
final class Streams {

    final Hub hub = new Hub(MeshSettings.DEFAULT, new FakeClock(), Runnable::run);

    void state(String yaml) {
        hub.push(context -> context.replace(Yaml.of(yaml).resources()));
    }

    /** Resources that are new or changed; nothing else is looked at. */
    void change(String yaml) {
        hub.push(context -> Yaml.of(yaml)
                .resources()
                .forEach(resource -> context.change(Map.of(resource.meta().id(), resource), List.of())));
    }

    void remove(String id) {
        hub.push(context -> context.change(Map.of(), List.of(id)));
    }

    static Proxy proxy(String namespace, String name) {
        return new Proxy(
                "sidecar~10.0.0.9~" + name + "." + namespace + "~" + namespace + ".svc.cluster.local",
                name,
                namespace,
                "default",
                Map.of(),
                List.of(),
                namespace + ".svc.cluster.local",
                false,
                Optional.empty());
    }

    Client client(String namespace, String name, Protocol protocol) {
        return new Client(proxy(namespace, name), protocol);
    }

    /** One stream; answers are acknowledged by {@link #settle}. */
    final class Client implements Outlet {
        final List<Message> sent = new ArrayList<>();
        final ClientStream stream;
        private final Protocol protocol;
        private int acknowledged;
        boolean ready = true;

        Client(Proxy proxy, Protocol protocol) {
            this.protocol = protocol;
            stream = hub.connect(proxy, protocol, this);
        }

        @Override
        public boolean ready() {
            return ready;
        }

        @Override
        public void send(Answer answer) {
            sent.add(answer.toMessage());
        }

        /** Asks for names; in state of the world for these alone. */
        Client subscribe(XdsType type, String... names) {
            request(type, "", List.of(names), List.of());
            return this;
        }

        /** Asks for everything, as a sidecar does. */
        Client subscribeAll() {
            Map<XdsType, List<EncodedResource>> all = hub.resourcesFor(stream.proxy());
            for (XdsType type : List.of(XdsType.CDS, XdsType.EDS, XdsType.LDS, XdsType.RDS)) {
                List<String> names = type.wildcard()
                        ? List.of()
                        : all.getOrDefault(type, List.of()).stream()
                                .map(EncodedResource::name)
                                .toList();
                request(type, "", names, List.of());
            }
            settle();
            sent.clear();
            acknowledged = 0;
            return this;
        }

        void request(XdsType type, String nonce, List<String> names, List<String> dropped) {
            if (protocol == Protocol.STATE_OF_THE_WORLD) {
                stream.request(Message.of(DiscoveryRequest.TYPE)
                        .with(DiscoveryRequest.TYPE_URL, type.url())
                        .with(DiscoveryRequest.RESPONSE_NONCE, nonce)
                        .with(DiscoveryRequest.RESOURCE_NAMES, names));
            } else {
                stream.deltaRequest(Message.of(DeltaDiscoveryRequest.TYPE)
                        .with(DeltaDiscoveryRequest.TYPE_URL, type.url())
                        .with(DeltaDiscoveryRequest.RESPONSE_NONCE, nonce)
                        .with(DeltaDiscoveryRequest.RESOURCE_NAMES_SUBSCRIBE, names)
                        .with(DeltaDiscoveryRequest.RESOURCE_NAMES_UNSUBSCRIBE, dropped));
            }
        }

        /** Acknowledges until nothing more comes. */
        Client settle() {
            while (acknowledged < sent.size()) {
                Message answer = sent.get(acknowledged++);
                XdsType type = type(answer);
                List<String> names = protocol == Protocol.STATE_OF_THE_WORLD ? asked(type) : List.of();
                String nonce = protocol == Protocol.STATE_OF_THE_WORLD
                        ? answer.get(DiscoveryResponse.NONCE)
                        : answer.get(DeltaDiscoveryResponse.NONCE);
                request(type, nonce, names, List.of());
            }
            return this;
        }

        private List<String> asked(XdsType type) {
            return stream.status().subscriptions().stream()
                    .filter(status -> status.type() == type)
                    .flatMap(status -> status.names().stream())
                    .filter(name -> !name.equals("*"))
                    .toList();
        }

        XdsType type(Message answer) {
            String url = protocol == Protocol.STATE_OF_THE_WORLD
                    ? answer.get(DiscoveryResponse.TYPE_URL)
                    : answer.get(DeltaDiscoveryResponse.TYPE_URL);
            return XdsType.ofUrl(url).orElseThrow();
        }

        /** What each answer since the last look told, as {@code TYPE +name -name}; acknowledges. */
        List<String> told() {
            settle();
            List<String> told = new ArrayList<>();
            for (Message answer : sent) {
                StringBuilder line = new StringBuilder(type(answer).name());
                for (Message resource : answer.get(DeltaDiscoveryResponse.RESOURCES)) {
                    line.append(" +").append(resource.get(Resource.NAME));
                }
                answer.get(DeltaDiscoveryResponse.REMOVED_RESOURCES)
                        .forEach(name -> line.append(" -").append(name));
                told.add(line.toString());
            }
            sent.clear();
            acknowledged = 0;
            return told;
        }
    }
}
