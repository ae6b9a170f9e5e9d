package io.inmesh.control.yaml;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Parse;
import org.snakeyaml.engine.v2.common.Anchor;
import org.snakeyaml.engine.v2.events.AliasEvent;
import org.snakeyaml.engine.v2.events.CollectionStartEvent;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.events.MappingStartEvent;
import org.snakeyaml.engine.v2.events.NodeEvent;
import org.snakeyaml.engine.v2.events.ScalarEvent;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

/**
 * Reads one YAML 1.2 file into values with lines. Text that is too large, too deep, not UTF-8, has a key twice, an alias bomb or a
 * tag of its own is refused; nothing is ever constructed from a tag. Used for one file, by one thread.
 */
public final class YamlReader {

    private final String file;
    private final YamlLimits limits;
    private final Map<Anchor, YamlNode> anchors = new HashMap<>();
    private final Map<Anchor, Integer> anchorSizes = new HashMap<>();
    private int nodes;
    private Iterator<Event> events = Collections.emptyIterator();

    private YamlReader(String file, YamlLimits limits) {
        this.file = file;
        this.limits = limits;
    }

    /**
     * The documents of a file in order, empty ones left out.
     *
     * @throws InvalidResourceException with the line of the first thing that is wrong
     */
    public static List<YamlNode> documents(String file, byte[] bytes, YamlLimits limits) {
        if (bytes.length > limits.bytes()) {
            throw new InvalidResourceException(
                    new Origin(file, 1), "", "the file is larger than " + limits.bytes() + " bytes");
        }
        return new YamlReader(file, limits).read(utf8(file, bytes));
    }

    private static String utf8(String file, byte[] bytes) {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .onMalformedInput(CodingErrorAction.REPORT)
                    .onUnmappableCharacter(CodingErrorAction.REPORT)
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
        } catch (CharacterCodingException notUtf8) {
            throw new InvalidResourceException(new Origin(file, 1), "", "the file is not UTF-8 text");
        }
    }

    private List<YamlNode> read(String text) {
        LoadSettings settings = LoadSettings.builder()
                .setLabel(file)
                .setCodePointLimit(limits.bytes())
                .setUseMarks(true)
                .build();
        try {
            events = new Parse(settings).parseString(text).iterator();
            List<YamlNode> documents = new ArrayList<>();
            while (events.hasNext()) {
                Event event = events.next();
                if (event.getEventId() == Event.ID.DocumentStart) {
                    anchors.clear();
                    anchorSizes.clear();
                    YamlNode document = node(events.next(), 0);
                    if (!(document instanceof YamlNode.Scalar scalar) || !scalar.isNull()) {
                        documents.add(document);
                    }
                }
            }
            return documents;
        } catch (MarkedYamlEngineException invalid) {
            throw new InvalidResourceException(
                    invalid.getProblemMark().map(this::origin).orElseGet(() -> new Origin(file, 1)),
                    "",
                    "not YAML: " + invalid.getProblem());
        } catch (YamlEngineException invalid) {
            throw new InvalidResourceException(new Origin(file, 1), "", "not YAML: " + invalid.getMessage());
        }
    }

    private YamlNode node(Event event, int depth) {
        Origin origin = event.getStartMark().map(this::origin).orElseGet(() -> new Origin(file, 1));
        count(origin, 1);
        if (depth > limits.depth()) {
            throw new InvalidResourceException(origin, "", "more than " + limits.depth() + " levels deep");
        }
        if (event instanceof AliasEvent alias) {
            return aliased(alias.getAlias(), origin);
        }
        int before = nodes;
        YamlNode node = value(event, origin, depth);
        if (event instanceof NodeEvent anchored && anchored.getAnchor().isPresent()) {
            anchors.put(anchored.getAnchor().get(), node);
            anchorSizes.put(anchored.getAnchor().get(), nodes - before);
        }
        return node;
    }

    private YamlNode value(Event event, Origin origin, int depth) {
        return switch (event.getEventId()) {
            case Scalar -> scalar((ScalarEvent) event, origin);
            case SequenceStart -> {
                checkTag(((CollectionStartEvent) event).getTag(), "seq", origin);
                yield sequence(origin, depth);
            }
            case MappingStart -> {
                checkTag(((CollectionStartEvent) event).getTag(), "map", origin);
                yield withoutPair(event, mapping(origin, depth));
            }
            default -> throw new InvalidResourceException(origin, "", "not YAML: a value is missing");
        };
    }

    /**
     * {@code [2001:db8::]}: YAML 1.2 reads a pair without a value, and Go's reader, which Kubernetes has, an address; so do we.
     */
    private static YamlNode withoutPair(Event start, YamlNode.Mapping read) {
        boolean pair = start instanceof MappingStartEvent mapping
                && mapping.isFlow()
                && start.getStartMark()
                        .map(Mark::getIndex)
                        .equals(start.getEndMark().map(Mark::getIndex));
        if (pair && read.entries().size() == 1) {
            Map.Entry<String, YamlNode> only =
                    read.entries().entrySet().iterator().next();
            boolean empty = only.getValue() instanceof YamlNode.Scalar value
                    && value.plain()
                    && value.text().isEmpty();
            if (empty && only.getKey().endsWith(":")) {
                return new YamlNode.Scalar(only.getKey() + ":", true, read.origin());
            }
        }
        return read;
    }

    private YamlNode aliased(Anchor anchor, Origin origin) {
        YamlNode node = anchors.get(anchor);
        if (node == null) {
            throw new InvalidResourceException(
                    origin, "", "the alias *" + anchor.getValue() + " stands for nothing written before");
        }
        count(origin, anchorSizes.getOrDefault(anchor, 0));
        return node;
    }

    private static YamlNode scalar(ScalarEvent event, Origin origin) {
        boolean tagged = checkTag(event.getTag(), "str", origin);
        return new YamlNode.Scalar(event.getValue(), event.isPlain() && !tagged, origin);
    }

    private static boolean checkTag(Optional<String> tag, String allowed, Origin origin) {
        if (tag.isPresent() && !tag.get().equals("!") && !tag.get().equals("tag:yaml.org,2002:" + allowed)) {
            throw new InvalidResourceException(origin, "", "the tag " + tag.get() + " is not allowed");
        }
        return tag.isPresent();
    }

    private YamlNode sequence(Origin origin, int depth) {
        List<YamlNode> items = new ArrayList<>();
        Event event = events.next();
        while (event.getEventId() != Event.ID.SequenceEnd) {
            items.add(node(event, depth + 1));
            event = events.next();
        }
        return new YamlNode.Sequence(List.copyOf(items), origin);
    }

    private YamlNode.Mapping mapping(Origin origin, int depth) {
        Map<String, YamlNode> entries = new LinkedHashMap<>();
        Event event = events.next();
        while (event.getEventId() != Event.ID.MappingEnd) {
            YamlNode key = node(event, depth + 1);
            if (!(key instanceof YamlNode.Scalar scalar)) {
                throw new InvalidResourceException(key.origin(), "", "a key must be text");
            }
            YamlNode value = node(events.next(), depth + 1);
            if (entries.putIfAbsent(scalar.text(), value) != null) {
                throw new InvalidResourceException(
                        key.origin(), "", "the key '" + scalar.text() + "' stands there twice");
            }
            event = events.next();
        }
        return new YamlNode.Mapping(Collections.unmodifiableMap(entries), origin);
    }

    private void count(Origin origin, int more) {
        nodes += more;
        if (nodes > limits.nodes()) {
            throw new InvalidResourceException(origin, "", "more than " + limits.nodes() + " values in one file");
        }
    }

    private Origin origin(Mark mark) {
        return new Origin(file, mark.getLine() + 1);
    }
}
