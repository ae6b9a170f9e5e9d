package io.inmesh.control.serve.ca;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.argumentSet;

import io.inmesh.api.identity.Pem;
import io.inmesh.testkit.TestKeys;
import java.math.BigInteger;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.PublicKey;
import java.security.spec.RSAPublicKeySpec;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.bouncycastle.asn1.ASN1EncodableVector;
import org.bouncycastle.asn1.DERSequence;
import org.bouncycastle.asn1.sec.SECNamedCurves;
import org.bouncycastle.asn1.sec.SECObjectIdentifiers;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.asn1.x9.X9ObjectIdentifiers;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class SigningRequestTest {

    @ParameterizedTest
    @ValueSource(strings = {"secp256r1", "secp384r1", "secp521r1"})
    void namedCurvesAreAccepted(String curve) throws Exception {
        KeyPair keys = TestKeys.ec(curve);
        assertThat(SigningRequest.parse(Csr.of(keys).pem()).key()).isEqualTo(keys.getPublic());
    }

    @Test
    void rsaOf2048BitsIsAccepted() throws Exception {
        KeyPair keys = TestKeys.rsa(2048);
        assertThat(SigningRequest.parse(Csr.of(keys).pem()).key()).isEqualTo(keys.getPublic());
    }

    @Test
    void whateverElseItClaimsIsNotLookedAt() throws Exception {
        KeyPair keys = TestKeys.p256();
        Csr csr = Csr.of(keys).subject("CN=admin,O=system:masters").authority();
        for (int i = 0; i < 400; i++) {
            csr.name(6, "spiffe://cluster.local/ns/istio-system/sa/admin-" + i);
        }
        csr.name(2, "admin.example.com").name(7, "10.0.0.1").name(1, "root@example.com");
        assertThat(SigningRequest.parse(csr.pem()).key()).isEqualTo(keys.getPublic());
    }

    static List<Arguments> hostile() throws Exception {
        KeyPair keys = TestKeys.p256();
        String good = Csr.of(keys).pem();
        byte[] der = Pem.blocks("CERTIFICATE REQUEST", good).get(0);
        byte[] tail = Arrays.copyOf(der, der.length + 1);
        return List.of(
                argumentSet("nothing", ""),
                argumentSet("no PEM", "MIIB"),
                argumentSet("an empty block", Pem.block("CERTIFICATE REQUEST", new byte[0])),
                argumentSet("two requests", good + good),
                argumentSet("a certificate", good.replace("CERTIFICATE REQUEST", "CERTIFICATE")),
                argumentSet("trailing bytes", Pem.block("CERTIFICATE REQUEST", tail)),
                argumentSet("cut short", Pem.block("CERTIFICATE REQUEST", Arrays.copyOf(der, der.length - 1))),
                argumentSet("ten megabytes", good + "#".repeat(10_000_000)),
                argumentSet("too many names", manyNames(keys, 1_500)),
                argumentSet("nested too deep", Pem.block("CERTIFICATE REQUEST", nested(10_000))),
                argumentSet(
                        "signed by another key",
                        Csr.of(keys).signedBy(TestKeys.p256()).pem()),
                argumentSet(
                        "signed with SHA-1",
                        Csr.of(keys).algorithm("SHA1withECDSA").pem()),
                argumentSet("RSA of 1024 bits", Csr.of(TestKeys.rsa(1024)).pem()),
                argumentSet(
                        "RSA of 2047 bits",
                        Csr.of(new KeyPair(rsa(2047, 65537), keys.getPrivate())).pem()),
                argumentSet(
                        "RSA of 16384 bits",
                        Csr.of(new KeyPair(rsa(16384, 65537), keys.getPrivate()))
                                .pem()),
                argumentSet(
                        "RSA with exponent 1",
                        Csr.of(new KeyPair(rsa(2048, 1), keys.getPrivate())).pem()),
                argumentSet(
                        "RSA with exponent 3",
                        Csr.of(new KeyPair(rsa(2048, 3), keys.getPrivate())).pem()),
                argumentSet("Ed25519", Csr.of(ed25519()).algorithm("Ed25519").pem()),
                argumentSet(
                        "a weak curve",
                        Csr.of(keys)
                                .key(onCurve(SECObjectIdentifiers.secp192r1))
                                .pem()),
                argumentSet(
                        "a curve by parameters",
                        Csr.of(keys).key(explicitCurve(keys.getPublic())).pem()),
                argumentSet(
                        "a point off the curve",
                        Csr.of(keys).key(offCurve(keys.getPublic())).pem()));
    }

    @ParameterizedTest
    @MethodSource("hostile")
    void hostileRequestsAreRefused(String pem) {
        assertThatThrownBy(() -> SigningRequest.parse(pem)).isInstanceOf(RefusedRequestException.class);
    }

    /** Every single byte wrong, and many at once: refused or, where the byte is no part of what is believed, the same key. */
    @Test
    void damagedRequestsNeverGiveAnotherKey() throws Exception {
        KeyPair keys = TestKeys.p256();
        byte[] der = Pem.blocks("CERTIFICATE REQUEST", Csr.of(keys).pem()).get(0);
        Random random = new Random(7);
        int refused = 0;
        for (int i = 0; i < der.length * 4; i++) {
            byte[] damaged = der.clone();
            damaged[i % der.length] ^= (byte) (1 + random.nextInt(255));
            try {
                assertThat(SigningRequest.parse(Pem.block("CERTIFICATE REQUEST", damaged))
                                .key())
                        .isEqualTo(keys.getPublic());
            } catch (RefusedRequestException e) {
                refused++;
            }
        }
        assertThat(refused).isEqualTo(der.length * 4);
    }

    private static String manyNames(KeyPair keys, int count) throws Exception {
        Csr csr = Csr.of(keys);
        for (int i = 0; i < count; i++) {
            csr.name(6, "spiffe://cluster.local/ns/shop/sa/service-account-" + i);
        }
        return csr.pem();
    }

    private static byte[] nested(int depth) {
        byte[] inner = {5, 0};
        for (int i = 0; i < depth; i++) {
            int length = inner.length;
            byte[] outer = new byte[length + 4];
            outer[0] = 0x30;
            outer[1] = (byte) 0x82;
            outer[2] = (byte) (length >> 8);
            outer[3] = (byte) length;
            System.arraycopy(inner, 0, outer, 4, length);
            inner = outer;
        }
        return inner;
    }

    private static KeyPair ed25519() throws Exception {
        return java.security.KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
    }

    private static PublicKey rsa(int bits, long exponent) throws Exception {
        BigInteger modulus = BigInteger.ONE.shiftLeft(bits - 1).setBit(0);
        // The JDK does not make exponent 1, so the exponent is put into the encoding.
        if (exponent < 3) {
            return new RawKey(modulus, exponent);
        }
        return KeyFactory.getInstance("RSA")
                .generatePublic(new RSAPublicKeySpec(modulus, BigInteger.valueOf(exponent)));
    }

    private static SubjectPublicKeyInfo onCurve(org.bouncycastle.asn1.ASN1ObjectIdentifier curve) {
        byte[] point = SECNamedCurves.getByOID(curve).getG().getEncoded(false);
        return new SubjectPublicKeyInfo(new AlgorithmIdentifier(X9ObjectIdentifiers.id_ecPublicKey, curve), point);
    }

    private static SubjectPublicKeyInfo explicitCurve(PublicKey key) {
        byte[] point = SubjectPublicKeyInfo.getInstance(key.getEncoded())
                .getPublicKeyData()
                .getBytes();
        ASN1EncodableVector parameters = new ASN1EncodableVector();
        var curve = SECNamedCurves.getByOID(SECObjectIdentifiers.secp256r1).toASN1Primitive();
        ((org.bouncycastle.asn1.ASN1Sequence) curve).forEach(parameters::add);
        return new SubjectPublicKeyInfo(
                new AlgorithmIdentifier(X9ObjectIdentifiers.id_ecPublicKey, new DERSequence(parameters)), point);
    }

    private static SubjectPublicKeyInfo offCurve(PublicKey key) {
        SubjectPublicKeyInfo info = SubjectPublicKeyInfo.getInstance(key.getEncoded());
        byte[] point = info.getPublicKeyData().getBytes().clone();
        point[point.length - 1] ^= 1;
        return new SubjectPublicKeyInfo(info.getAlgorithm(), point);
    }
}
