package io.inmesh.client.authz.jwt;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.util.JSONObjectUtils;
import io.inmesh.testkit.Peers;
import java.nio.file.Files;
import java.text.ParseException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Wycheproof's vectors of JSON Web Signatures: each is judged as it is marked, except where the file contradicts itself. */
class SignatureVectorsTest {

    /** Byte for byte the token of 357, which is marked valid; the padding that they tell of is lost. */
    private static final Set<Integer> SAME_AS_A_VALID_ONE = Set.of(367, 370);

    /** A question mark within base64url, which 366 and 371 of the same file and RFC 7515 refuse. */
    private static final Set<Integer> NOT_BASE64URL = Set.of(372, 373);

    @Test
    void everyVectorIsJudgedAsMarked() throws Exception {
        String file = Files.readString(Peers.shared("vectors").resolve("json_web_signature.json"));
        List<Integer> otherwise = new ArrayList<>();
        Map<Integer, String> texts = new HashMap<>();
        int count = 0;
        for (Map<String, Object> group : objects(JSONObjectUtils.parse(file), "testGroups")) {
            KeySet keys = keys(group);
            for (Map<String, Object> vector : objects(group, "tests")) {
                int id = ((Number) vector.get("tcId")).intValue();
                texts.put(id, String.valueOf(vector.get("jws")));
                count++;
                if (valid(keys, texts.get(id)) != "valid".equals(vector.get("result"))) {
                    otherwise.add(id);
                }
            }
        }
        assertThat(count).isEqualTo(401);
        assertThat(otherwise).containsExactly(367, 370, 372, 373);
        assertThat(SAME_AS_A_VALID_ONE)
                .allSatisfy(id -> assertThat(texts.get(id)).isEqualTo(texts.get(357)));
        assertThat(NOT_BASE64URL).allSatisfy(id -> assertThat(texts.get(id)).contains("?"));
    }

    private static boolean valid(KeySet keys, String compact) {
        try {
            CompactJws jws = CompactJws.parse(compact);
            // A payload that is no base64url shows only when it is read.
            var unused = jws.payloadBytes();
            return keys.verify(jws) == TokenStatus.OK;
        } catch (InvalidTokenException malformed) {
            return false;
        }
    }

    private static KeySet keys(Map<String, Object> group) {
        Object key = group.getOrDefault("public", group.get("private"));
        return KeySet.parse(JSONObjectUtils.toJSONString(Map.of("keys", List.of(key))))
                .orElse(KeySet.NONE);
    }

    private static List<Map<String, Object>> objects(Map<String, Object> parent, String name) throws ParseException {
        return List.of(JSONObjectUtils.getJSONObjectArray(parent, name));
    }
}
