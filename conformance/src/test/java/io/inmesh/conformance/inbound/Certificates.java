package io.inmesh.conformance.inbound;

import io.inmesh.api.identity.SpiffeId;
import io.inmesh.api.identity.TrustDomain;
import io.inmesh.api.identity.WorkloadIdentity;
import io.inmesh.testkit.TestPki;
import java.util.LinkedHashMap;
import java.util.Map;
import org.bouncycastle.asn1.x509.KeyPurposeId;

/** What callers show: right ones, and ones that are wrong in one way each. */
final class Certificates {

    private final TestPki pki = TestPki.create();
    private final Map<String, WorkloadIdentity> byName = new LinkedHashMap<>();

    Certificates() {
        SpiffeId frontend = SpiffeId.of(pki.trustDomain(), "default", "frontend");
        byName.put("frontend", pki.identity("default", "frontend"));
        byName.put("other", pki.identity("default", "other"));
        byName.put("client", pki.identity("cap-authz", "client"));
        byName.put("admin", pki.identity("ops", "admin"));
        byName.put("dotted", pki.identity("default", "front.end"));
        byName.put("undotted", pki.identity("default", "frontXend"));
        byName.put("below", pki.intermediate("below").identity("default", "frontend"));
        byName.put("expired", pki.leaf(frontend).expired().issue());
        byName.put("future", pki.leaf(frontend).notYetValid().issue());
        byName.put("foreign", TestPki.create().identity("default", "frontend"));
        byName.put(
                "domain",
                pki.leaf(SpiffeId.of(new TrustDomain("cluster.local.evil"), "default", "frontend"))
                        .issue());
        byName.put("nameless", pki.leaf(frontend).withoutNames().issue());
        byName.put(
                "dns",
                pki.leaf(frontend).withoutNames().andDns("frontend.default").issue());
        byName.put(
                "two",
                pki.leaf(frontend)
                        .andUri("spiffe://cluster.local/ns/default/sa/other")
                        .issue());
        byName.put(
                "email",
                pki.leaf(frontend).purposes(KeyPurposeId.id_kp_emailProtection).issue());
        byName.put(
                "server",
                pki.leaf(frontend).purposes(KeyPurposeId.id_kp_serverAuth).issue());
    }

    /** Whose server it is. */
    WorkloadIdentity own() {
        return pki.identity("default", "httpbin");
    }

    WorkloadIdentity of(String name) {
        WorkloadIdentity identity = byName.get(name);
        if (identity == null) {
            throw new IllegalArgumentException("no caller " + name);
        }
        return identity;
    }
}
