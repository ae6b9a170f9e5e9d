package io.inmesh.xds.decode;

import io.inmesh.testkit.Peers;
import io.inmesh.xds.envoy.Discovery.DiscoveryResponse;
import io.inmesh.xds.wire.Any;
import io.inmesh.xds.wire.Message;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** The answers of a real istiod. */
public final class Captures {

    private Captures() {}

    /** Every resource of the decoder's type, from every capture. */
    static <T> Stream<Decoded<T>> decoded(ResourceDecoder<T> decoder) {
        return files().stream().flatMap(file -> decoded(file, decoder));
    }

    /** Every resource of the decoder's type in one folder. */
    static <T> Stream<Decoded<T>> decoded(String folder, ResourceDecoder<T> decoder) {
        return files().stream()
                .filter(file -> file.getParent().endsWith(folder))
                .flatMap(file -> decoded(file, decoder));
    }

    private static <T> Stream<Decoded<T>> decoded(Path file, ResourceDecoder<T> decoder) {
        return response(file).get(DiscoveryResponse.RESOURCES).stream()
                .filter(any -> Any.holds(any, decoder.type()))
                .map(any -> decoder.decode(any.get(Any.VALUE)));
    }

    /** A recorded response. */
    public static Message response(Path file) {
        try {
            return Message.parse(DiscoveryResponse.TYPE, Files.readAllBytes(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** All recorded responses. */
    public static List<Path> files() {
        try (Stream<Path> files = Files.walk(Peers.shared("istiod-captures"))) {
            return files.filter(file -> file.toString().endsWith(".pb"))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
