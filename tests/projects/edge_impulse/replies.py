"""Documents as Studio sends them: the fields that we read, and those that the bindings require."""

from typing import Any

Json = dict[str, Any]
THEN = "2026-03-01T09:00:00.000Z"


def project(number: int, name: str) -> Json:
    flags = ("ownerIsDeveloperProfile", "isEnterpriseProject", "hasPublicVersion", "isPublic")
    more = ("allowsLivePublicAccess", "indPauseProcessingSamples", "publicProjectListed")
    return {
        "id": number, "name": name, "description": "", "created": THEN, "owner": "someone",
        "collaborators": [], "labelingMethod": "single_label", "metadata": {}, "whitelabelId": 1,
        "tier": "free", **dict.fromkeys((*flags, *more), False),
    }  # fmt: skip


def summary(labels: list[str], count: int) -> Json:
    return {"totalLengthMs": 0.0, "labels": labels, "totalLabels": len(labels), "dataCount": count}


def project_info(number: int, name: str, labels: list[str], count: int, impulse: int | None) -> Json:
    both, splits = summary(labels, count), ("training", "testing", "validation", "postProcessing")
    lists = ("devices", "collaborators", "experiments", "latencyDevices", "notifications")
    uids = ("trainJob", "dspJob", "modelTestingJob", "exportJob")
    document = {
        "success": True,
        "project": project(number, name),
        "developmentKeys": {"apiKey": "ei_development", "hmacKey": "secret"},
        "impulse": {"created": True, "configured": True, "complete": True},
        "dataSummary": both,
        "dataSummaryPerCategory": dict.fromkeys(splits, both),
        "computeTime": {"periodStartDate": THEN, "periodEndDate": THEN, "timeUsedMs": 0, "timeLeftMs": 0},
        "acquisitionSettings": {
            "intervalMs": 0.0, "lengthMs": 0, "segmentShift": False, "defaultPageSize": 12,
            "viewType": "grid", "gridColumnCount": 3, "gridColumnCountDetailed": 3,
            "showExactSampleLength": False, "inlineEditBoundingBoxes": False,
        },
        "deploySettings": {
            "eonCompiler": True, "sensor": "camera",
            **dict.fromkeys(("arduinoLibraryName", "tinkergenLibraryName", "particleLibraryName"), "x"),
        },
        "urls": {},
        "showCreateFirstImpulse": False,
        "showGettingStartedWizard": {"showWizard": False, "step": 0},
        "performance": {
            "gpu": False, "jobLimitM": 60, "dspFileSizeMb": 1, "enterprisePerformance": False,
            "trainJobRamMb": 1,
        },
        "hasNewTrainingData": False, "studioUrl": "", "inPretrainedModelFlow": False,
        "showSensorDataInAcquisitionGraph": False,
        **{name: [] for name in (*lists, *(f"{uid}NotificationUids" for uid in uids))},
    }  # fmt: skip
    return document if impulse is None else {**document, "defaultImpulseId": impulse}


def impulse(number: int, blocks: list[Json], **of_input: Any) -> Json:
    """``of_input`` replaces fields of the input block; None takes one away."""
    sized = {"imageWidth": 64, "imageHeight": 64, "resizeMode": "fit-short", "resizeMethod": "lanczos3"}
    block = {"id": 1, "type": "image", "name": "Image", "title": "Image data", **sized, **of_input}
    dsp = {"id": 2, "type": "image", "name": "Image", "axes": ["image"], "title": "Image"}
    return {
        "id": number,
        "name": "Impulse #1",
        "type": "default",
        "postProcessingBlocks": [],
        "inputBlocks": [{name: value for name, value in block.items() if value is not None}],
        "dspBlocks": [{**dsp, "implementationVersion": 1}],
        "learnBlocks": blocks,
    }


def learn_block(number: int, kind: str, title: str) -> Json:
    return {"id": number, "type": kind, "name": title, "title": title, "dsp": [2]}


def metadata(class_names: list[str], **changed: Any) -> Json:
    """``labels`` is the dataset's own order, on purpose another one than ``classNames``."""
    threshold = {"key": "min_score", "description": "d", "helpText": "h", "value": 0.6}
    return {
        "success": True, "created": THEN, "layers": [], "classNames": class_names,
        "labels": class_names[::-1], "availableModelTypes": ["float32"],
        "recommendedModelType": "float32", "modelValidationMetrics": [], "hasTrainedModel": True,
        "mode": "classification", "imageInputScaling": "0..1", "thresholds": [threshold], **changed,
    }  # fmt: skip


def dsp_config(channels: str) -> Json:
    item = {
        "name": "Color depth", "value": channels, "defaultValue": "RGB", "type": "select",
        "param": "channels", "readonly": False, "shouldShow": True, "required": True,
        "showClickToSet": False,
    }  # fmt: skip
    info = {
        "id": 2, "name": "Image", "windowLength": 0, "type": "image", "classes": [],
        "features": {"generated": True}, "expectedWindowCount": 0, "inputAxes": ["image"],
        "canCalculateFeatureImportance": False, "calculateFeatureImportance": False,
        "canNormalizeData": False, "normalizeData": "none",
    }  # fmt: skip
    return {"success": True, "dsp": info, "config": [{"group": "Parameters", "items": [item]}]}


def sample(number: int, name: str, label: str, size: tuple[int, int], **changed: Any) -> Json:
    """``size`` is (height, width)."""
    zeros = ("intervalMs", "frequency", "originalIntervalMs", "originalFrequency")
    flags = ("signatureValidate", "isDisabled", "isProcessing", "processingError", "isCropped")
    return {
        "id": number, "filename": name, "label": label, "category": "testing", "created": THEN,
        "lastModified": THEN, "added": THEN, "coldstorageFilename": f"{number}.jpg", "deviceType": "",
        "sensors": [], "valuesCount": 1, "boundingBoxes": [], "boundingBoxesType": "object_detection",
        "chartType": "image", "projectId": 1234, "sha256Hash": f"hash-{number}", "datastreams": [],
        "metadata": {}, "imageDimensions": {"width": size[1], "height": size[0]},
        **dict.fromkeys(zeros, 0.0), **dict.fromkeys(flags, False), **changed,
    }  # fmt: skip


def prediction(number: int, label: str, said: str) -> Json:
    """Of one picture, as a page of *Model testing* has it."""
    about = {"sampleId": number, "startMs": 0.0, "endMs": 1.0}
    return {**about, "label": label, "prediction": said, "predictionCorrect": said == label}


def tested(answers: dict[int, str], samples: list[Json], start: int, limit: int) -> Json:
    """A page of *Model testing*."""
    labels = {one["id"]: one["label"] for one in samples}
    page = [*answers.items()][start : start + limit]
    said = [prediction(number, labels.get(number, ""), word) for number, word in page]
    return {"success": True, "result": [], "predictions": said, "totalCount": len(answers)}


def job(number: int, created: str, ended: bool | None) -> Json:
    state = {} if ended is None else {"finished": created, "finishedSuccessful": ended}
    about = {"category": "Export", "categoryKey": "export", "key": "export-original"}
    return {"id": number, **about, "created": created, "jobNotificationUids": [], **state}
