"""Amazon Translate: parallel data, terminologies and asynchronous batch jobs with state, and
TranslateText.
Every request is held against the constraints of the service's model (required members, types,
lengths, patterns, enumerations, unknown members).

Its "translation" swaps the case of every letter outside of tags and of translate="no"; a
sentence that is the source of a pair of the job's parallel data gets that pair's target, so
that a customised run differs from a plain one.

Checked once against others: boto3 1.43 and @aws-sdk/client-translate 3 call each operation here
and read the answers as their models have them; 236 requests that the program's tests send, and the
constraints below, were held against the service's published model (translate-2017-07-01), and none
is looser here but the patterns of KMS keys, descriptions and page tokens.  The program's S3 requests
were taken by @20minutes/s3rver 4, which verifies signatures by itself.

Settings (POST /_double/set):
    translate_polls     how often a job or a resource is asked for before it is ready (2)
    translate_fail      "job": the job fails;  "some": every second document has an error
    translate_spoil     "drop", "order", "placeholder": what comes back of a document is spoilt
    translate_together  "merge": several paragraphs of one text come back as one
    translate_update    "FAILED": what updates of parallel data come to ("ACTIVE")
    translate_record_max  bytes of a record of parallel data (1000)
    translate_page      entries of a list that come with one answer (500)
    translate_end       members of a list's last answer, as {"NextToken": ""} ({})
    translate_data      {name: {source: target}}: parallel data that is there already
"""
import base64
import csv
import io
import json
import re
import secrets
import xml.etree.ElementTree as ET

import double_s3
from aws_double import Fault, Response, Service

REPORTS = "/parallel-data-reports/"
TARGET = "AWSShineFrontendService_20170701."
NAME = r"([A-Za-z0-9-]_?)+"
S3URI = r"s3://[a-z0-9][.a-z0-9-]{1,61}[a-z0-9](/.*)?"
ROLE = r"arn:aws(-[^:]+)?:iam::[0-9]{12}:role/.+"
LANG = {"type": str, "min": 2, "max": 5}
TYPES = ["text/html", "text/plain", "application/x-xliff+xml"]


def text(min=0, max=10 ** 9, pattern=None, enum=None):
    return {"type": str, "min": min, "max": max, "pattern": pattern, "enum": enum}


def members(required, **optional):
    return {"type": dict, "required": required, "members": {**required, **optional}}


def items(of, min=0, max=10 ** 9):
    return {"type": list, "of": of, "min": min, "max": max}


RESOURCE = text(1, 256, NAME)
TOKEN = text(1, 64, r"[a-zA-Z0-9-]+")
KEY = members({"Type": text(enum=["KMS"]), "Id": text(1, 400)})
CONFIG = members({"S3Uri": text(0, 1024, S3URI), "Format": text(enum=["TSV", "CSV", "TMX"])})
SETTINGS = members({}, Formality=text(enum=["FORMAL", "INFORMAL"]), Profanity=text(enum=["MASK"]),
                   Brevity=text(enum=["ON"]))
PAGE = {"NextToken": text(0, 8192), "MaxResults": {"type": int, "min": 1, "max": 500}}

SHAPES = {
    "CreateParallelData": members(
        {"Name": RESOURCE, "ParallelDataConfig": CONFIG, "ClientToken": TOKEN},
        Description=text(0, 256), EncryptionKey=KEY, Tags=items(members(
            {"Key": text(1, 128), "Value": text(0, 256)}), 0, 50)),
    "UpdateParallelData": members(
        {"Name": RESOURCE, "ParallelDataConfig": CONFIG, "ClientToken": TOKEN},
        Description=text(0, 256)),
    "GetParallelData": members({"Name": RESOURCE}),
    "DeleteParallelData": members({"Name": RESOURCE}),
    "ListParallelData": members({}, **PAGE),
    "StartTextTranslationJob": members(
        {"InputDataConfig": members({"S3Uri": text(0, 1024, S3URI), "ContentType": text(enum=TYPES)}),
         "OutputDataConfig": members({"S3Uri": text(0, 1024, S3URI)}, EncryptionKey=KEY),
         "DataAccessRoleArn": text(20, 2048, ROLE), "SourceLanguageCode": LANG,
         "TargetLanguageCodes": items(LANG, 1, 10), "ClientToken": TOKEN},
        JobName=text(1, 256, r"[\w\s.:/=+\-%@]*"), TerminologyNames=items(RESOURCE, 0, 1),
        ParallelDataNames=items(RESOURCE, 0, 1), Settings=SETTINGS),
    "DescribeTextTranslationJob": members({"JobId": text(1, 32, r"[\w\s.:/=+\-%@]*")}),
    "StopTextTranslationJob": members({"JobId": text(1, 32, r"[\w\s.:/=+\-%@]*")}),
    "ListTextTranslationJobs": members({}, Filter=members({}, JobName=text(1, 256)), **PAGE),
    "ImportTerminology": members(
        {"Name": RESOURCE, "MergeStrategy": text(enum=["OVERWRITE"]), "TerminologyData": members(
            {"File": text(1), "Format": text(enum=["CSV", "TMX", "TSV"])},
            Directionality=text(enum=["UNI", "MULTI"]))},
        Description=text(0, 256, r"[\t\n -\x7e\xa0-\uffff]*"), EncryptionKey=KEY,
        Tags=items(members({"Key": text(1, 128), "Value": text(0, 256)}), 0, 50)),
    "GetTerminology": members({"Name": RESOURCE},
                              TerminologyDataFormat=text(enum=["CSV", "TMX", "TSV"])),
    "ListTerminologies": members({}, **PAGE),
    "DeleteTerminology": members({"Name": RESOURCE}),
    "TranslateText": members(
        {"Text": text(1), "SourceLanguageCode": LANG, "TargetLanguageCode": LANG},
        TerminologyNames=items(RESOURCE), Settings=SETTINGS),
}


def check(value, shape, where):
    """Raise ValidationException for what the model does not allow."""
    def no(why):
        raise Fault("ValidationException", "Value at '%s' failed to satisfy constraint: %s" % (
            where, why))
    if not isinstance(value, shape["type"]) or isinstance(value, bool):
        no("type")
    size = value if isinstance(value, int) else len(value)
    if shape["type"] is not dict and not shape.get("min", 0) <= size <= shape.get("max", 10 ** 9):
        no("length or range")
    if shape.get("pattern") and not re.fullmatch(shape["pattern"], value):
        no("pattern " + shape["pattern"])
    if shape.get("enum") and value not in shape["enum"]:
        no("enum")
    if shape["type"] is list:
        for i, v in enumerate(value):
            check(v, shape["of"], "%s.%d" % (where, i))
    if shape["type"] is dict:
        for name in shape["required"]:
            if name not in value:
                no("required member " + name)
        for name, v in value.items():
            if name not in shape["members"]:
                no("unknown member " + name)
            check(v, shape["members"][name], where + "." + name)


def swap(html):
    """Letters outside of tags, entities and what must not be translated, in the other case."""
    out, keep = [], 0
    for piece in re.split(r"(<[^>]*>|&[^;\s]*;)", html):
        if piece.startswith("<"):
            if keep and re.match(r"</span", piece):
                keep -= 1
            elif 'translate="no"' in piece:
                keep += 1
            out.append(piece)
        else:
            out.append(piece if keep or piece.startswith("&") else piece.swapcase())
    return "".join(out)


def read_pairs(data, format):
    """Source language, target languages, {source: target} of a CSV, TSV or TMX file."""
    if format != "TMX":
        rows = list(csv.reader(io.StringIO(data), delimiter="\t" if format == "TSV" else ","))
        return rows[0][0], rows[0][1:], {r[0]: r[1] for r in rows[1:] if len(r) > 1}
    lang = "{http://www.w3.org/XML/1998/namespace}lang"
    tree, out, langs = ET.fromstring(data), {}, set()
    source = tree.find("header").get("srclang")
    for unit in tree.iter("tu"):
        seg = {v.get(lang): "".join(v.find("seg").itertext()) for v in unit.iter("tuv")}
        langs |= set(seg) - {source}
        for code in set(seg) - {source}:
            out[seg.get(source, "")] = seg[code]
    return source, sorted(langs), out


class Translate(Service):
    name = "translate"

    def __init__(self, double):
        super().__init__(double)
        double.settings.update(translate_polls=2, translate_fail="", translate_spoil="",
                               translate_together="", translate_page=500, translate_end={},
                               translate_update="ACTIVE", translate_record_max=1000,
                               translate_data={})
        self.data, self.jobs, self.tokens = {}, {}, {}
        self.terms, self.settings = {}, []
        self.characters = self.texts = 0

    def action(self, request):
        if request.method == "GET" and request.path.startswith(REPORTS):
            return "Report"
        target = request.headers.get("x-amz-target", "")
        return target[len(TARGET):] if target.startswith(TARGET) else None

    def needs_signature(self, action):
        return action != "Report"  # its address is signed

    def handle(self, request, action):
        self.host = request.host
        if action == "Report":
            report = self.find(request.path[len(REPORTS):])["_messages"]
            return Response(200, json.dumps(report), type="application/json")
        if action not in SHAPES:
            raise Fault("UnknownOperationException", action)
        if request.headers.get("content-type") != "application/x-amz-json-1.1":
            raise Fault("SerializationException", "content type")
        body = request.json()
        check(body, SHAPES[action], action)
        value = getattr(self, action)(body)
        return Response(200, json.dumps(value), type="application/x-amz-json-1.1")

    def state(self):
        return {"jobs": len(self.jobs), "data": {n: d["Status"] for n, d in self.data.items()},
                "characters": self.characters, "texts": self.texts, "settings": self.settings,
                "pairs": {n: d.get("_pairs", {}) for n, d in self.data.items()},
                "terminologies": {n: t["_pairs"] for n, t in self.terms.items()}}

    # ---- S3 behind it ----

    def s3(self):
        return next(s for s in self.double.services if isinstance(s, double_s3.S3))

    def place(self, uri):
        bucket, _, key = uri[len("s3://"):].partition("/")
        if bucket not in self.double.settings["s3_buckets"]:
            raise Fault("InvalidRequestException", "The bucket '%s' cannot be read" % bucket)
        return bucket, key

    # ---- parallel data ----

    def pairs(self, uri, format):
        bucket, key = self.place(uri)
        try:
            data = self.s3().get(bucket, key)["data"].decode()
        except Fault:
            raise Fault("InvalidRequestException", "no object at " + uri) from None
        return read_pairs(data, format)

    def show(self, d):
        return {k: v for k, v in d.items() if not k.startswith("_")}

    def fill(self, d, config, report):
        """Take a file's records; report: the member that says where the rest is told of."""
        source, targets, all = self.pairs(config["S3Uri"], config["Format"])
        pairs, messages, most = {}, [], self.double.settings["translate_record_max"]
        for i, (src, tgt) in enumerate(all.items()):
            if max(len(src.encode()), len(tgt.encode())) <= most:
                pairs[src] = tgt
            else:
                messages.append({"content": "Number %d TU element" % (i + 1),
                                 "message": "The segment exceeds %d bytes." % most})
        d.update(SourceLanguageCode=source, TargetLanguageCodes=targets, _pairs=pairs,
                 ParallelDataConfig=config, ImportedRecordCount=len(pairs), ImportedDataSize=1,
                 FailedRecordCount=0, SkippedRecordCount=len(messages), _report=report)
        d["_messages"] = {"summary": {"record_error_count": 0, "record_skipped_count": len(
            messages)}, "messages": messages}

    def CreateParallelData(self, body):
        if self.tokens.get(("create", body["ClientToken"])) == body:
            return {"Name": body["Name"], "Status": self.data[body["Name"]]["Status"]}
        if body["Name"] in self.data:
            raise Fault("ConflictException", "There is such a resource")
        d = {"Name": body["Name"], "Arn": "arn:aws:translate:us-east-1:123456789012:parallel-data/"
             + body["Name"], "Status": "CREATING", "_polls": self.double.settings["translate_polls"],
             "CreatedAt": self.double.now()}
        self.fill(d, body["ParallelDataConfig"], "AuxiliaryDataLocation")
        self.data[body["Name"]], self.tokens["create", body["ClientToken"]] = d, body
        return {"Name": d["Name"], "Status": d["Status"]}

    def find(self, name):
        given = self.double.settings["translate_data"].get(name)
        if given is not None and name not in self.data:
            self.data[name] = {"Name": name, "Status": "ACTIVE", "_polls": 0, "_pairs": given}
        if name not in self.data:
            raise Fault("ResourceNotFoundException", "There is no parallel data " + name)
        return self.data[name]

    def UpdateParallelData(self, body):
        d = self.find(body["Name"])
        if d["Status"] not in ("ACTIVE", "FAILED"):
            raise Fault("ConcurrentModificationException", "It is being changed")
        if d.get("LatestUpdateAttemptStatus") == "UPDATING":
            raise Fault("ConcurrentModificationException", "It is being updated")
        if self.tokens.get(("update", body["ClientToken"])) != body:
            d.update(LatestUpdateAttemptStatus="UPDATING", LatestUpdateAttemptAt=self.double.now(),
                     _polls=self.double.settings["translate_polls"])
            self.fill(d, body["ParallelDataConfig"],
                      "LatestUpdateAttemptAuxiliaryDataLocation")
            self.tokens["update", body["ClientToken"]] = body
        return {"Name": d["Name"], "Status": d["Status"],
                "LatestUpdateAttemptStatus": d.get("LatestUpdateAttemptStatus", "ACTIVE")}

    def GetParallelData(self, body):
        d = self.find(body["Name"])
        d["_polls"] -= 1
        if d["_polls"] <= 0:
            d["Status"] = "ACTIVE"
            if "LatestUpdateAttemptStatus" in d:
                d["LatestUpdateAttemptStatus"] = self.double.settings["translate_update"]
                if d["LatestUpdateAttemptStatus"] == "FAILED":
                    d["Message"] = "as told"
        answer = {"ParallelDataProperties": self.show(d), "DataLocation": {
            "RepositoryType": "S3", "Location": "https://example.org/"}}
        if d.get("SkippedRecordCount"):
            answer[d["_report"]] = {
                "RepositoryType": "S3", "Location": "http://%s%s%s?X-Amz-Signature=0123456789" % (
                    self.host, REPORTS, d["Name"])}
        return answer

    def ListParallelData(self, body):
        return {"ParallelDataPropertiesList": [self.show(d) for d in self.data.values()]}

    def DeleteParallelData(self, body):
        self.find(body["Name"])
        del self.data[body["Name"]]
        return {"Name": body["Name"], "Status": "DELETING"}

    # ---- jobs ----

    def StartTextTranslationJob(self, body):
        known = self.tokens.get(body["ClientToken"])
        if known and known[0] == body:
            return {"JobId": known[1], "JobStatus": self.jobs[known[1]]["JobStatus"]}
        for name in body.get("ParallelDataNames", []):
            self.find(name)
        bucket, key = self.place(body["InputDataConfig"]["S3Uri"])
        inputs = [k for b, k in self.s3().objects if b == bucket and k.startswith(key)]
        if not inputs:
            raise Fault("InvalidRequestException", "There are no documents at " + key)
        id = secrets.token_hex(16)
        out = "%s/%s-TranslateText-%s/" % (body["OutputDataConfig"]["S3Uri"].rstrip("/"),
                                           self.double.settings["account"], id)
        self.jobs[id] = dict(
            body, JobId=id, JobStatus="SUBMITTED", SubmittedTime=self.double.now(),
            OutputDataConfig={"S3Uri": out}, _polls=self.double.settings["translate_polls"])
        self.jobs[id].pop("ClientToken")
        self.tokens[body["ClientToken"]] = (body, id)
        return {"JobId": id, "JobStatus": "SUBMITTED"}

    def job(self, body):
        if body["JobId"] not in self.jobs:
            raise Fault("ResourceNotFoundException", "There is no job " + body["JobId"])
        return self.jobs[body["JobId"]]

    def DescribeTextTranslationJob(self, body):
        j = self.job(body)
        if j["JobStatus"] in ("SUBMITTED", "IN_PROGRESS"):
            j["_polls"] -= 1
            j["JobStatus"] = "IN_PROGRESS"
            if j["_polls"] <= 0:
                self.work(j)
        return {"TextTranslationJobProperties": self.show(j)}

    def StopTextTranslationJob(self, body):
        j = self.job(body)
        if j["JobStatus"] in ("SUBMITTED", "IN_PROGRESS"):
            j["JobStatus"] = "STOPPED"
        return {"JobId": j["JobId"], "JobStatus": j["JobStatus"]}

    def ListTextTranslationJobs(self, body):
        name = body.get("Filter", {}).get("JobName")
        return {"TextTranslationJobPropertiesList": [
            self.show(j) for j in self.jobs.values() if name in (None, j.get("JobName"))]}

    def custom(self, body):
        """The terms of a request, and its settings on record."""
        if body.get("Settings") and body["Settings"] not in self.settings:
            self.settings.append(body["Settings"])
        terms = {}
        for name in body.get("TerminologyNames", []):
            terms.update(self.terminology(name)["_pairs"])
        return terms

    def one(self, text, pairs, terms):
        if text in pairs:
            return pairs[text]
        spans = dict((m[1], m[0]) for m in re.finditer(r"<span[^>]*>(x\d+)</span>", text))
        plain = re.sub(r"</?span[^>]*>", "", text)
        if plain in pairs:
            return re.sub(r"x\d+", lambda m: spans.get(m[0], m[0]), pairs[plain])
        for i, source in enumerate(sorted(terms, key=len, reverse=True)):
            text = text.replace(source, '<span translate="no">%d!</span>' % i)
        text = swap(text)
        for i, source in enumerate(sorted(terms, key=len, reverse=True)):
            text = text.replace('<span translate="no">%d!</span>' % i, terms[source])
        return text

    def translate(self, html, pairs, terms):
        def one(m):
            self.characters += len(re.sub(r"<[^>]*>", "", m[2]))
            return m[1] + self.one(m[2], pairs, terms) + m[3]
        out = re.sub(r"(<p\b[^>]*>)(.*?)(</p>)", one, html, flags=re.S)
        return self.spoil(out)

    def spoil(self, out):
        spoil = self.double.settings["translate_spoil"]
        rows = re.findall(r"<p\b.*?</p>", out, flags=re.S)
        if spoil == "drop" and rows:
            out = out.replace(rows[0], "", 1)
        elif spoil == "order":
            out = re.sub(r"<p\b.*</p>", lambda m: "\n".join(reversed(rows)), out, flags=re.S)
        elif spoil == "placeholder":
            out = re.sub(r'<span[^>]*translate="no"[^>]*>.*?</span>', "", out, flags=re.S)
        return out

    def work(self, j):
        fail = self.double.settings["translate_fail"]
        if fail == "job":
            j.update(JobStatus="FAILED", Message="as told", EndTime=self.double.now())
            return
        bucket, prefix = self.place(j["InputDataConfig"]["S3Uri"])
        out_bucket, out = self.place(j["OutputDataConfig"]["S3Uri"])
        inputs = sorted(k for b, k in self.s3().objects if b == bucket and k.startswith(prefix))
        pairs, terms, errors = {}, self.custom(j), 0
        for name in j.get("ParallelDataNames", []):
            pairs.update(self.data[name]["_pairs"])
        for lang in j["TargetLanguageCodes"]:
            details = []
            for i, key in enumerate(inputs):
                source = key[len(prefix):].lstrip("/")
                entry = {"sourceFile": source, "targetFile": lang + "." + source,
                         "auxiliaryData": {"appliedTerminologies": []}}
                if fail == "some" and i % 2 == 0:
                    errors += 1
                    entry["auxiliaryData"] = {"error": {"errorCode": "InvalidRequest",
                                                        "errorMessage": "as told"}}
                    del entry["targetFile"]
                else:
                    html = self.s3().get(bucket, key)["data"].decode()
                    self.s3().put(out_bucket, out + entry["targetFile"],
                                  self.translate(html, pairs, terms).encode())
                details.append(entry)
            summary = {"sourceLanguageCode": j["SourceLanguageCode"], "targetLanguageCode": lang,
                       "charactersTranslated": str(self.characters), "details": details,
                       "documentCountWithCustomerError": str(errors),
                       "documentCountWithServerError": "0"}
            self.s3().put(out_bucket, "%sdetails/%s.auxiliary-translation-details.json" % (
                out, lang), json.dumps(summary).encode())
        self.s3().put(out_bucket, out + ".write_access_check_file.temp", b"")
        j.update(JobStatus="COMPLETED_WITH_ERROR" if errors else "COMPLETED",
                 EndTime=self.double.now(), JobDetails={
                     "TranslatedDocumentsCount": len(inputs) - errors,
                     "DocumentsWithErrorsCount": errors, "InputDocumentsCount": len(inputs)})

    # ---- real time ----

    def TranslateText(self, body):
        if len(body["Text"].encode()) > 10000:
            raise Fault("TextSizeLimitExceededException", "over 10000 bytes")
        self.characters += len(body["Text"])
        self.texts += 1
        terms = self.custom(body)
        out, n = re.subn(r"(<p\b[^>]*>)(.*?)(</p>)", lambda m: m[1] + self.one(
            m[2], {}, terms) + m[3], body["Text"], flags=re.S)
        out = self.spoil(out if n else self.one(out, {}, terms))
        if self.double.settings["translate_together"] == "merge":
            out = re.sub(r"</p>\s*<p\b[^>]*>", " ", out)
        return {"TranslatedText": out, "SourceLanguageCode": body["SourceLanguageCode"],
                "TargetLanguageCode": body["TargetLanguageCode"],
                "AppliedSettings": body.get("Settings", {})}

    # ---- terminologies ----

    def terminology(self, name):
        if name not in self.terms:
            raise Fault("ResourceNotFoundException", "There is no terminology " + name)
        return self.terms[name]

    def ImportTerminology(self, body):
        data = body["TerminologyData"]
        file = base64.b64decode(data["File"], validate=True)
        if len(file) > 10485760:
            raise Fault("LimitExceededException", "over 10 MB")
        source, targets, pairs = read_pairs(file.decode(), data["Format"])
        long = [k for k, v in pairs.items() if max(len(k.encode()), len(v.encode())) > 200]
        if long:
            raise Fault("InvalidParameterValueException", "a term is over 200 bytes: " + long[0])
        self.terms[body["Name"]] = {
            "Name": body["Name"], "Description": body.get("Description", ""),
            "SourceLanguageCode": source, "TargetLanguageCodes": targets, "_pairs": pairs,
            "Format": data["Format"], "Directionality": data.get("Directionality", "UNI"),
            "SizeBytes": len(file), "TermCount": len(pairs), "SkippedTermCount": 0,
            "CreatedAt": self.double.now(), "LastUpdatedAt": self.double.now()}
        return {"TerminologyProperties": self.show(self.terms[body["Name"]])}

    def GetTerminology(self, body):
        return {"TerminologyProperties": self.show(self.terminology(body["Name"]))}

    def ListTerminologies(self, body):
        names = sorted(self.terms)
        at = names.index(body["NextToken"]) if "NextToken" in body else 0
        end = at + self.double.settings["translate_page"]
        more = {"NextToken": names[end]} if end < len(names) else self.double.settings["translate_end"]
        return {"TerminologyPropertiesList": [self.show(self.terms[n]) for n in names[at:end]],
                **more}

    def DeleteTerminology(self, body):
        self.terminology(body["Name"])
        del self.terms[body["Name"]]
        return {}
