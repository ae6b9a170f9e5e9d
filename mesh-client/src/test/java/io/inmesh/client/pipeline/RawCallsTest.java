package io.inmesh.client.pipeline;

import static io.inmesh.client.fixture.Resources.route;
import static io.inmesh.client.fixture.Resources.to;
import static org.assertj.core.api.Assertions.assertThat;

import io.inmesh.client.fixture.Resources;
import io.inmesh.client.pipeline.BareTransport.Answer;
import org.junit.jupiter.api.Test;

/** What is not looked into: TLS of the application's own, and ports without HTTP (docs/adr/0021). */
class RawCallsTest {

    private final TestMesh mesh = new TestMesh(
            new Resources()
                    .registryOnly()
                    .routes(route("/", to("one")))
                    .cluster("outbound|443||api.example.com", "192.0.2.1:443")
                    .cluster("outbound|443||*.wild.example.com", "192.0.2.2:443")
                    .cluster("outbound|443||shop.default.svc.cluster.local", "10.0.0.3:443")
                    .cluster("outbound|9000||raw.default.svc.cluster.local", "10.0.0.4:9000"),
            sent -> Answer.status(200));

    @Test
    void hostsOfTheRegistryKeepTheirAddressWhereOthersAreRefused() {
        for (String url : new String[] {
            "https://api.example.com/x",
            "https://API.example.com:443/x",
            "https://a.wild.example.com/x",
            "https://shop.default.svc.cluster.local/x",
            "https://shop.default/x",
            "http://raw.default.svc:9000/x"
        }) {
            assertThat(cluster(url)).as(url).isEqualTo("PassthroughCluster");
        }
    }

    @Test
    void othersAreRefusedAndSoAreOtherPorts() {
        for (String url : new String[] {
            "https://unknown.example.com/x", "https://api.example.com:8443/x", "https://wild.example.com/x",
        }) {
            assertThat(mesh.get(url).status()).as(url).isEqualTo(503);
        }
        assertThat(mesh.sent()).isEmpty();
    }

    @Test
    void nothingIsAddedToWhatIsNotLookedInto() {
        mesh.get("https://api.example.com/x");
        assertThat(mesh.sent().get(0).headers()).isEmpty();
    }

    private String cluster(String url) {
        int before = mesh.sent().size();
        mesh.get(url);
        assertThat(mesh.sent()).as(url).hasSize(before + 1);
        return mesh.sent().get(before).cluster();
    }
}
