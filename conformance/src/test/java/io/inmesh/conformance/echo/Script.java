package io.inmesh.conformance.echo;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What the upstreams of a row do, request after request. An endpoint's own list wins over {@code *}, which all others share; the
 * last instruction of a list repeats. Not thread-safe: its owner guards it.
 */
public final class Script {

    private static final String ANY = "*";

    private final Map<String, List<Instruction>> instructions;
    private final Map<String, Integer> position = new LinkedHashMap<>();

    /**
     * Begins at each list's first instruction.
     *
     * @param instructions by endpoint ({@code ip:port}) or {@code *}
     */
    public Script(Map<String, List<Instruction>> instructions) {
        this.instructions = Map.copyOf(instructions);
    }

    Instruction next(String endpoint) {
        String key = instructions.containsKey(endpoint) ? endpoint : ANY;
        List<Instruction> list = instructions.getOrDefault(key, List.of(Instruction.OK));
        int index = position.merge(key, 1, Integer::sum) - 1;
        return list.get(Math.min(index, list.size() - 1));
    }
}
